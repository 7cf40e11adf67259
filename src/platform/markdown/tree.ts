import { type PlainDate, frenchDate } from '../../calendar/plain-date.js';
import type { PageOptions } from './front-matter.js';

/** A parsed document: what the PDF and DOCX renderers read, and nothing of how they draw it. */
export interface MarkdownDocument {
  readonly title: string;
  readonly kind: string;
  readonly templateVersion: string;
  readonly page: PageOptions;
  readonly blocks: readonly Block[];
}

/** What is printed around a text, and kept in the properties of its file. */
export interface Running {
  /** Object of the consultation, or what the document is about. */
  readonly subject: string;
  /** Number of the version that the figures come from. */
  readonly version: number;
  /** Day that this version was taken: the file bears it as its date. */
  readonly date: PlainDate;
  /** SHA-256 of that version. */
  readonly fingerprint: string;
  /** Not to be signed nor published yet: each page says « PROJET ». */
  readonly draft: boolean;
}

export const DRAFT = 'PROJET';

/** « version 3 du 23 novembre 2026 ». */
export const versionWords = ({ version, date }: Running): string =>
  `version\u00a0${version} du ${frenchDate(date)}`;

export type Block = Heading | Paragraph | List | Table | PageBreak | Special;

export interface Run {
  readonly text: string;
  readonly bold: boolean;
  readonly italic: boolean;
  /** A gap left for its author: « [À compléter : …] ». */
  readonly gap: boolean;
}

export interface Heading {
  readonly type: 'heading';
  readonly level: number;
  readonly text: string;
}

export interface Paragraph {
  readonly type: 'paragraph';
  readonly runs: readonly Run[];
}

export interface List {
  readonly type: 'list';
  /** First number of an ordered list; null: bullets. */
  readonly start: number | null;
  readonly items: readonly (readonly Block[])[];
}

export interface Table {
  readonly type: 'table';
  readonly columns: readonly Column[];
  readonly header: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface Column {
  readonly align: 'left' | 'right' | 'center';
  /** Share of the width, from the number of dashes under the header; null when all columns have as many. */
  readonly weight: number | null;
}

/** A cell has one style: bold when all its text is, which is how a total is written. */
export interface Cell {
  readonly text: string;
  readonly bold: boolean;
}

/** `***` or `---` on its own line. */
export interface PageBreak {
  readonly type: 'page-break';
}

/** A fenced block whose info string names what to draw, and whose body is JSON. */
export interface Special {
  readonly type: 'special';
  readonly name: string;
  readonly data: unknown;
}

export const textOf = (runs: readonly Run[]): string => runs.map((run) => run.text).join('');
