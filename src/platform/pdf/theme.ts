import { createRequire } from 'node:module';
import type { PageOptions } from '../markdown/front-matter.js';

export const COLOURS = {
  ink: '#1c2429',
  quiet: '#5f6b76',
  accent: '#0b5563',
  rule: '#c9d2d6',
  zebra: '#f3f6f7',
  tint: '#e4eef0',
} as const;

/** Styles of the one family; the italic is kept for asides. */
export type Style = 'regular' | 'italic' | 'medium' | 'bold';

const require = createRequire(import.meta.url);
const plex = (weight: string): string =>
  require.resolve(`@expo-google-fonts/ibm-plex-sans/${weight}/IBMPlexSans_${weight}.ttf`);

/** Paths, never registered names: with a name pdfkit reads the file again at each change of font. */
export const FONTS: Readonly<Record<Style, string>> = {
  regular: plex('400Regular'),
  italic: plex('400Regular_Italic'),
  medium: plex('500Medium'),
  bold: plex('600SemiBold'),
};

export interface Heading {
  readonly size: number;
  readonly before: number;
  readonly after: number;
  readonly style: Style;
  readonly colour: string;
}

/** Measures in points. */
export interface Theme {
  readonly margins: {
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
    readonly left: number;
  };
  readonly size: number;
  /** Distance between two baselines, as a multiple of the size. */
  readonly leading: number;
  readonly paragraphGap: number;
  readonly itemGap: number;
  readonly indent: number;
  readonly tableSize: number;
  readonly cellPadding: { readonly x: number; readonly y: number };
  readonly runningSize: number;
  readonly headings: readonly [Heading, Heading, Heading];
}

const NORMAL: Theme = {
  margins: { top: 74, right: 66, bottom: 68, left: 66 },
  size: 9.8,
  leading: 1.46,
  paragraphGap: 7,
  itemGap: 3,
  indent: 15,
  tableSize: 8.4,
  cellPadding: { x: 5, y: 3.2 },
  runningSize: 7.6,
  headings: [
    { size: 23, before: 0, after: 12, style: 'bold', colour: COLOURS.accent },
    { size: 12.6, before: 18, after: 6, style: 'bold', colour: COLOURS.accent },
    { size: 10.4, before: 11, after: 4, style: 'bold', colour: COLOURS.ink },
  ],
};

const COMPACT: Theme = {
  margins: { top: 40, right: 44, bottom: 46, left: 44 },
  size: 9.4,
  leading: 1.42,
  paragraphGap: 6,
  itemGap: 2,
  indent: 12,
  tableSize: 8,
  cellPadding: { x: 4, y: 2.4 },
  runningSize: 7.2,
  headings: [
    { size: 20, before: 0, after: 7, style: 'bold', colour: COLOURS.accent },
    { size: 10.6, before: 11, after: 6, style: 'bold', colour: COLOURS.accent },
    { size: 9.6, before: 8, after: 3, style: 'bold', colour: COLOURS.ink },
  ],
};

export const themeOf = (page: PageOptions): Theme => (page.density === 'compact' ? COMPACT : NORMAL);
