/**
 * Text of a CSV file: UTF-8 with or without BOM, else Windows-1252, which is what older French spreadsheets write;
 * UTF-16 when its BOM says so.
 *
 * @returns null when the bytes are no text: a workbook, a PDF, a picture
 */
export function decodeText(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return textOrNull(new TextDecoder('utf-16le').decode(bytes));
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return textOrNull(new TextDecoder('utf-16be').decode(bytes));
  try {
    return textOrNull(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return textOrNull(new TextDecoder('windows-1252').decode(bytes));
  }
}

/** Control characters do not occur in text; C1 ones are what Windows-1252 makes of unassigned bytes. */
function textOrNull(text: string): string | null {
  // eslint-disable-next-line no-control-regex -- finding control characters is the purpose
  return /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0080-\u009f]/.test(text) || text.startsWith('%PDF-')
    ? null
    : text;
}
