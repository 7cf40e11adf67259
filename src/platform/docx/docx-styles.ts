import {
  AlignmentType,
  type ILevelsOptions,
  type INumberingOptions,
  type IStylesOptions,
  LevelFormat,
} from 'docx';
import type { PageOptions } from '../markdown/front-matter.js';

/** Every computer that opens the file has it, or one of the same widths. */
const FONT = 'Arial';
export const ACCENT = '1F4E79';
export const QUIET = '595959';
export const RULE = 'BFC5CC';
export const TINT = 'EEF2F6';
/** What its author must still write: seen on a screen, and by its brackets on paper. */
export const GAP_TINT = 'FFF2CC';

/** Twentieths of a point. */
export interface Sheet {
  readonly margin: number;
  readonly width: number;
  readonly landscape: boolean;
}

/** A4, in twentieths of a point. */
export const A4 = { short: 11_906, long: 16_838 } as const;
const MARGIN = { normal: 1320, compact: 880 } as const;

export function sheetOf(page: PageOptions): Sheet {
  const margin = MARGIN[page.density];
  const landscape = page.orientation === 'landscape';
  return { margin, landscape, width: (landscape ? A4.long : A4.short) - 2 * margin };
}

/** Names of the paragraph styles that are not Word’s own. */
export const STYLES = { note: 'Note', cell: 'Cellule', head: 'EnTeteDeColonne', running: 'Courant' } as const;

const heading = (size: number, before: number, after: number, color: string) => ({
  run: { font: FONT, size, bold: true, color },
  paragraph: { spacing: { before, after }, keepNext: true, keepLines: true },
});

/** Sizes in half-points: what an officer changes once in the list of styles, and sees everywhere. */
export function stylesOf(density: PageOptions['density']): IStylesOptions {
  const body = density === 'compact' ? 18 : 20;
  const base = { basedOn: 'Normal', quickFormat: true };
  return {
    default: {
      document: {
        run: { font: FONT, size: body, language: { value: 'fr-FR' } },
        paragraph: { spacing: { after: 120, line: 276 } },
      },
      heading1: heading(38, 240, 200, ACCENT),
      heading2: heading(25, 320, 120, ACCENT),
      heading3: heading(21, 220, 80, '000000'),
      heading4: heading(20, 180, 60, '000000'),
      listParagraph: { paragraph: { spacing: { after: 60 } } },
    },
    paragraphStyles: [
      { id: STYLES.note, name: 'Note', ...base, run: { size: body - 3, italics: true, color: QUIET } },
      {
        id: STYLES.cell,
        name: 'Cellule',
        ...base,
        run: { size: 17 },
        paragraph: { spacing: { before: 40, after: 40, line: 240 } },
      },
      {
        id: STYLES.head,
        name: 'En-tête de colonne',
        ...base,
        basedOn: STYLES.cell,
        run: { bold: true, color: ACCENT, size: 17 },
        paragraph: { keepNext: true, spacing: { before: 40, after: 40, line: 240 } },
      },
      { id: STYLES.running, name: 'Courant', ...base, run: { size: 15, color: QUIET } },
    ],
  };
}

const LEVELS = 6;
const STEP = 340;
const indent = (level: number) => ({ left: STEP * (level + 1), hanging: STEP });
export const indentOf = (level: number): number => STEP * (level + 1);

const levels = (format: 'bullet' | 'decimal', start: number): ILevelsOptions[] =>
  Array.from({ length: LEVELS }, (_, level) => ({
    level,
    format: format === 'bullet' ? LevelFormat.BULLET : LevelFormat.DECIMAL,
    text: format === 'bullet' ? '–' : `%${level + 1}.`,
    start: level === 0 ? start : 1,
    alignment: AlignmentType.LEFT,
    style: { paragraph: { indent: indent(level) } },
  }));

export const BULLETS = 'puces';
/** Lists that begin at the same number share a definition, and begin again each. */
export const numbersFrom = (start: number): string => `numeros-${start}`;

export const numberingOf = (starts: Iterable<number>): INumberingOptions => ({
  config: [
    { reference: BULLETS, levels: levels('bullet', 1) },
    ...[...new Set(starts)].map((start) => ({
      reference: numbersFrom(start),
      levels: levels('decimal', start),
    })),
  ],
});
