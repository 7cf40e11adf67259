/** Written from right to left, or over what stands before: a text then reads otherwise than it is kept. */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/u;
/** Format characters, direction controls excepted: soft hyphens, zero-width spaces and joiners, byte order marks. */
const UNSEEN = /(?![\u202a-\u202e\u2066-\u2069])\p{Cf}/gu;
/** Letters and marks that show nothing (fillers of Hangul, variation selectors), and the empty Braille cell. */
const FILLERS = /[\p{Default_Ignorable_Code_Point}\u2800]/gu;
const BLANKS = /[\p{Z}\p{C}]/gu;

/** Whether a text holds a control of direction (U+202E and the like), which no French text needs. */
export const changesDirection = (text: string): boolean => DIRECTION.test(text);

export const DIRECTION_PROBLEM = 'ce texte contient un caractère invisible qui change le sens de lecture';

/** Whether nobody would see anything of a text. */
export const isBlank = (text: string): boolean => text.replace(BLANKS, '').replace(FILLERS, '') === '';

/** Without the characters that nobody sees, direction controls excepted, and without blanks around. */
export const withoutUnseen = (text: string): string => text.replace(UNSEEN, '').trim();

/** One line, no blanks around it; empty when there is nothing to see. Direction controls are kept, to be refused. */
export function oneLine(text: string): string {
  const line = withoutUnseen(text)
    .replace(/(?![\u202a-\u202e\u2066-\u2069])[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return isBlank(line) ? '' : line;
}

/** The same, its lines kept. */
export function severalLines(text: string): string {
  const lines = withoutUnseen(text)
    .replace(/(?![\t\n\r\u202a-\u202e\u2066-\u2069])\p{C}+/gu, ' ')
    .trim();
  return isBlank(lines) ? '' : lines;
}
