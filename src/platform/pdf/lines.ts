/** A piece of text in one style; what the style means is the caller's affair. */
export interface Piece<S> {
  readonly text: string;
  readonly style: S;
}

export interface Line<S> {
  readonly pieces: readonly Piece<S>[];
  readonly width: number;
}

/**
 * Breaks styled text into lines no wider than `width`. Lines break at ordinary spaces (no-break spaces hold), after the
 * hyphen of a compound word, at "\n", and inside a word that no line can hold: nothing is ever clipped.
 */
export function breakLines<S>(
  pieces: readonly Piece<S>[],
  width: number,
  measure: (text: string, style: S) => number,
): Line<S>[] {
  const lines: Line<S>[] = [];
  let current: Piece<S>[] = [];
  let currentWidth = 0;

  // The space at the end of a line is drawn but not counted: who listens to the file needs it between two words.
  const flush = (): void => {
    const last = current.at(-1);
    const end = last && / +$/.exec(last.text)?.[0];
    lines.push({ pieces: current, width: currentWidth - (end ? measure(end, last.style) : 0) });
    current = [];
    currentWidth = 0;
  };
  const push = (text: string, style: S): void => {
    const last = current.at(-1);
    currentWidth += measure(text, style);
    if (last?.style === style) current[current.length - 1] = { text: last.text + text, style };
    else current.push({ text, style });
  };

  for (const word of wordsOf(pieces)) {
    if (word === 'break') {
      flush();
      continue;
    }
    const bare = word.map((piece, i) => (i === word.length - 1 ? piece.text.replace(/ +$/, '') : piece.text));
    const wordWidth = word.reduce((total, piece, i) => total + measure(bare[i]!, piece.style), 0);
    if (current.length > 0 && currentWidth + wordWidth > width) flush();
    if (wordWidth <= width) for (const piece of word) push(piece.text, piece.style);
    else
      for (const piece of word)
        for (const character of piece.text) {
          if (current.length > 0 && currentWidth + measure(character, piece.style) > width) flush();
          push(character, piece.style);
        }
  }
  if (current.length > 0 || lines.length === 0) flush();
  return lines;
}

/** Text cut where a line may end: after spaces, and after a hyphen between letters (« Saint-|Ouën », not « L2113-6 »). */
export const breakable = (text: string): string[] =>
  text.split(/(?<= )(?! )|(?<=\n)|(?=\n)|(?<=\p{L}{2}-)(?=\p{L})/u).filter((part) => part !== '');

/** Pieces that must stay on one line; such a word may change style inside. */
function wordsOf<S>(pieces: readonly Piece<S>[]): (Piece<S>[] | 'break')[] {
  const words: (Piece<S>[] | 'break')[] = [];
  let open: Piece<S>[] = [];
  const close = (): void => {
    if (open.length > 0) words.push(open);
    open = [];
  };
  for (const { text, style } of pieces)
    breakable(text).forEach((part, i) => {
      // A part that starts inside a piece starts a word; at the start of a piece, it goes on with the word before.
      if (i > 0 || part === '\n') close();
      if (part === '\n') words.push('break');
      else open.push({ text: part, style });
      if (part.endsWith(' ')) close();
    });
  close();
  return words;
}
