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
