/** « 44113620 », « 44113620-7 »: group 1 is the code, group 2 its check digit. */
const CPV_CODE = /^(\d{8})(?:-(\d))?$/;
const WEIGHTS = [3, 7, 1, 3, 7, 1, 3, 7];

/**
 * The digit that the nomenclature prints after a code: its digits weighted 3, 7, 1, 3, 7, 1, 3, 7, modulo 10. Regulation
 * (EC) 213/2008 prints the digits and gives no rule: this one is held against digits that it prints, in the tests.
 *
 * @param code 8 digits
 */
export const cpvCheckDigit = (code: string): number =>
  Array.from(code, Number).reduce((sum, digit, place) => sum + digit * WEIGHTS[place]!, 0) % 10;

/** "34927100-2" → "34927100": the check digit is dropped, as DECP and eForms prefer; it may be wrong. */
export const cpvWithoutCheckDigit = (text: string): string | null => CPV_CODE.exec(text)?.[1] ?? null;

/** What is wrong with the check digit of a code, and what to write; null when it is right, or when there is none. */
export function wrongCpvCheckDigit(text: string): readonly [problem: string, correction: string] | null {
  const [, code, digit] = CPV_CODE.exec(text.trim()) ?? [];
  if (code === undefined || digit === undefined) return null;
  const right = cpvCheckDigit(code);
  if (Number(digit) === right) return null;
  return [
    `la clé du code CPV ${code} est ${right}, et non ${digit}`,
    `vérifier les 8\u00a0chiffres, puis écrire ${code}-${right}, ou le code sans sa clé`,
  ];
}
