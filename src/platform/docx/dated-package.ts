import type { Running } from '../markdown/tree.js';

/**
 * The properties of a file, bearing the day of its data: the library would write the moment at which it runs, and the
 * same text would never be the same file twice.
 */
export function coreProperties(title: string, keywords: string, { subject, date }: Running): string {
  const moment = `${date}T12:00:00Z`;
  const instant = (name: string): string =>
    `<dcterms:${name} xsi:type="dcterms:W3CDTF">${moment}</dcterms:${name}>`;
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ' +
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" ' +
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${xml(title)}</dc:title><dc:subject>${xml(subject)}</dc:subject><dc:creator>Halle</dc:creator>` +
    `<cp:keywords>${xml(keywords)}</cp:keywords><dc:language>fr-FR</dc:language>` +
    `<cp:lastModifiedBy>Halle</cp:lastModifiedBy>${instant('created')}${instant('modified')}</cp:coreProperties>`
  );
}

const xml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
/** 1 January 1980, midnight: the first date that a ZIP file can tell (APPNOTE 4.4.6). */
const FIRST_DATE = 0x0021_0000;

/** Writes one date over that of each entry of a ZIP file (APPNOTE 4.3.7, 4.3.12 and 4.3.16), in place. */
export function undateEntries(zip: Buffer): Buffer {
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== END) end -= 1;
  if (end < 0) throw new Error('not a ZIP file');
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  for (let entry = 0; entry < count; entry += 1) {
    if (zip.readUInt32LE(at) !== CENTRAL) throw new Error('a ZIP file without its directory');
    zip.writeUInt32LE(FIRST_DATE, at + 12);
    zip.writeUInt32LE(FIRST_DATE, zip.readUInt32LE(at + 42) + 10);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return zip;
}
