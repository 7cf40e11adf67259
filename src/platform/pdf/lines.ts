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
 * Breaks styled text into lines no wider than `width`. Lines break at ordinary spaces (no-break spaces hold) and at "\n".
 * A word that no line can hold breaks after its hyphens, then anywhere: nothing is ever clipped.
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
  const push = ({ text, style }: Piece<S>): void => {
    const last = current.at(-1);
    currentWidth += measure(text, style);
    if (last?.style === style) current[current.length - 1] = { text: last.text + text, style };
    else current.push({ text, style });
  };

  /** Puts pieces on this line or the next; `split` handles those that a whole line cannot hold. */
  const place = (word: readonly Piece<S>[], split: (piece: Piece<S>) => void): void => {
    const last = word.length - 1;
    const wide = word.reduce(
      (total, piece, i) => total + measure(i === last ? piece.text.trimEnd() : piece.text, piece.style),
      0,
    );
    if (current.length > 0 && currentWidth + wide > width) flush();
    word.forEach(wide <= width ? push : split);
  };

  for (const word of wordsOf(pieces)) {
    if (word === 'break') {
      flush();
      continue;
    }
    place(word, (piece) => {
      for (const part of breakable(piece.text))
        place([{ ...piece, text: part }], () => {
          for (const character of part) place([{ ...piece, text: character }], push);
        });
    });
  }
  if (current.length > 0 || lines.length === 0) flush();
  return lines;
}

/** A text in its smallest decent parts: words, and the members of compound words (« Saint-|Ouën », not « L2113-6 »). */
export const breakable = (text: string): string[] =>
  text.split(/(?<= )(?! )|(?<=\p{L}{2}-)(?=\p{L})/u).filter((part) => part !== '');

/** Words with the spaces that follow them; a word may change style inside. */
function wordsOf<S>(pieces: readonly Piece<S>[]): (Piece<S>[] | 'break')[] {
  const words: (Piece<S>[] | 'break')[] = [];
  let open: Piece<S>[] = [];
  const close = (): void => {
    if (open.length > 0) words.push(open);
    open = [];
  };
  for (const { text, style } of pieces)
    for (const part of text.match(/\n|[^ \n]* +|[^ \n]+/g) ?? []) {
      if (part === '\n') {
        close();
        words.push('break');
        continue;
      }
      open.push({ text: part, style });
      if (part.endsWith(' ')) close();
    }
  close();
  return words;
}
