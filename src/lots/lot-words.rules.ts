/** « le lot 3 », « les lots 3, 7 ». */
export const namedLots = (numbers: readonly number[]): string =>
  numbers.length === 1 ? `le lot\u00a0${numbers.join()}` : `les lots\u00a0${numbers.join(', ')}`;
