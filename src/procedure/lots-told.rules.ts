/** « lot 3 », « lots 1, 4 et 7 ». */
export function frenchLots(lots: readonly { readonly number: number }[]): string {
  const numbers = lots.map(({ number }) => String(number));
  const last = numbers.at(-1) ?? '';
  return numbers.length < 2 ? `lot ${last}` : `lots ${numbers.slice(0, -1).join(', ')} et ${last}`;
}
