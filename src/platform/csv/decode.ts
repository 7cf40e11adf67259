import iconv from 'iconv-lite';

/** What UTF-8 that one byte spoils becomes in Windows-1252: « Ã© » for é. No French text in that encoding holds it. */
const SPOILT =
  /[\u00c3\u00c5][\u00a0-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]|\u00e2\u20ac/;

/**
 * Text of a CSV file: UTF-8 with or without BOM, else Windows-1252, which is what older French spreadsheets write;
 * UTF-16 when its BOM says so.
 *
 * @returns null when the bytes are no text: a workbook, a PDF, a picture; or text of which some bytes are spoilt, that
 * could only be read with letters replaced
 */
export function decodeText(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return textOrNull(strictly('utf-16le', bytes));
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return textOrNull(strictly('utf-16be', bytes));
  const text = strictly('utf-8', bytes);
  if (text !== null) return textOrNull(text);
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return null;
  const older = textOrNull(iconv.decode(Buffer.from(bytes), 'windows-1252'));
  return older === null || older.includes('\ufffd') || SPOILT.test(older) ? null : older;
}

/** The text, or null when a byte of it is none of that encoding. */
function strictly(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null; // what was looked for: the bytes are of another encoding, or spoilt
  }
}

/** Control characters do not occur in text. */
function textOrNull(text: string | null): string | null {
  // eslint-disable-next-line no-control-regex -- finding control characters is the purpose
  const binary = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0080-\u009f]/;
  return text === null || binary.test(text) || text.startsWith('%PDF-') ? null : text;
}
