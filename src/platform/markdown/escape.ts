/**
 * Everything that Markdown, its tables or HTML may read as a sign. Written as numeric references, which Markdown decodes
 * after it has cut blocks, cells and emphasis: unlike a backslash, they leave no sign behind for a cell to be cut at.
 * They are inert in a JSON string too, since its quotes and backslashes are among these signs.
 */
const SIGNS = /[!-/:-@[-`{-~]/g;
/* eslint-disable-next-line no-control-regex -- control characters are what is removed */
const BLANKS = /[\s\u0000-\u001f\u007f\u2028\u2029]+/g;
/** No-break spaces are not blanks to be folded: amounts are written with them. */
const KEPT = /[\u00a0\u202f]/;

/** The other way: for the bodies of fenced blocks, where Markdown decodes nothing. */
export const unescapeMarkdown = (text: string): string =>
  text.replace(/&#(\d{1,3});/g, (_, code: string) => String.fromCharCode(Number(code)));

/** A string of the model as inert Markdown: one line, no sign alive, no-break spaces kept. */
export function escapeMarkdown(text: string): string {
  const oneLine = text.replace(BLANKS, (blank) => (KEPT.test(blank) ? keepNoBreak(blank) : ' '));
  return oneLine.replace(SIGNS, (sign) => `&#${sign.charCodeAt(0)};`);
}

const keepNoBreak = (blank: string): string => [...blank].find((character) => KEPT.test(character)) ?? ' ';
