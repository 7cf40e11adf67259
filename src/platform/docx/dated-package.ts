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
