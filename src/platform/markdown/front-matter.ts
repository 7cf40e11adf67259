import { parseDocument } from 'yaml';
import type { TemplateFault } from './template-error.js';

/** How the pages of a document look; every field has a default. */
export interface PageOptions {
  readonly size: 'A4';
  readonly orientation: 'portrait' | 'landscape';
  /** `compact` for documents of one page. */
  readonly density: 'normal' | 'compact';
  readonly header: boolean;
  readonly bookmarks: boolean;
  /** The rendering fails above this number of pages; null: no limit. */
  readonly maxPages: number | null;
}

/** What a template says of itself before its text. */
export interface FrontMatter {
  readonly title: string;
  readonly titleLine: number;
  readonly kind: string;
  readonly version: number;
  readonly articles: readonly string[];
  readonly page: PageOptions;
}

const DEFAULT_PAGE: PageOptions = {
  size: 'A4',
  orientation: 'portrait',
  density: 'normal',
  header: true,
  bookmarks: true,
  maxPages: null,
};

/** What each page option may be, and the French words for it. */
const PAGE_VALUES: Readonly<Record<keyof PageOptions, readonly [(value: unknown) => boolean, string]>> = {
  size: [(value) => value === 'A4', 'A4'],
  orientation: [(value) => value === 'portrait' || value === 'landscape', 'portrait ou landscape'],
  density: [(value) => value === 'normal' || value === 'compact', 'normal ou compact'],
  header: [(value) => typeof value === 'boolean', 'true ou false'],
  bookmarks: [(value) => typeof value === 'boolean', 'true ou false'],
  maxPages: [
    (value) => value === null || (Number.isInteger(value) && Number(value) > 0),
    'un nombre entier de pages, ou null',
  ],
};

type Told = (line: number, sentence: string) => void;
const FIELDS = ['title', 'kind', 'version', 'articles', 'page'];

/**
 * Reads the YAML between the two lines of `---`.
 *
 * @param name of the template: its kind must be the same, so that a file put in the wrong place is seen
 * @returns the front matter, or everything that is wrong in it
 */
export function readFrontMatter(
  file: string,
  name: string,
  yaml: string,
): { readonly front?: FrontMatter; readonly faults: readonly TemplateFault[] } {
  const faults: TemplateFault[] = [];
  const told: Told = (line, sentence) => faults.push({ file, line, placeholder: null, sentence });
  const document = parseDocument(yaml);
  for (const error of document.errors)
    told(
      (error.linePos?.[0].line ?? 1) + 1,
      'cette ligne de l’en-tête n’est pas du YAML lisible\u00a0: la corriger.',
    );
  if (faults.length > 0) return { faults };
  const given: unknown = document.toJS();
  const fields = isMap(given) ? given : {};
  const lineOf = (field: string): number => lineIn(yaml, field);
  for (const field of Object.keys(fields).filter((key) => !FIELDS.includes(key)))
    told(lineOf(field), `«\u00a0${field}\u00a0» n’est pas un champ de l’en-tête (${FIELDS.join(', ')}).`);
  const { title, kind, version, articles } = fields;
  if (typeof title !== 'string' || title.trim() === '')
    told(lineOf('title'), 'il manque à l’en-tête le titre du document (title).');
  if (kind !== name)
    told(lineOf('kind'), `l’en-tête doit porter «\u00a0kind: ${name}\u00a0», comme le nom du fichier.`);
  if (!Number.isInteger(version) || Number(version) < 1)
    told(lineOf('version'), 'l’en-tête doit porter une version (version), nombre entier à partir de 1.');
  if (!Array.isArray(articles) || articles.length === 0 || !articles.every(isText))
    told(lineOf('articles'), 'l’en-tête doit citer les articles de droit du texte (articles), en liste.');
  const page = readPage(fields['page'], lineOf, told);
  if (faults.length > 0) return { faults };
  return {
    faults,
    front: {
      title: String(title),
      titleLine: lineOf('title'),
      kind: name,
      version: Number(version),
      articles: (articles as unknown[]).map(String),
      page,
    },
  };
}

function readPage(given: unknown, lineOf: (field: string) => number, told: Told): PageOptions {
  if (given === undefined) return DEFAULT_PAGE;
  if (!isMap(given)) {
    told(lineOf('page'), 'la présentation (page) doit être une suite d’options.');
    return DEFAULT_PAGE;
  }
  for (const [key, value] of Object.entries(given)) {
    const known = Object.hasOwn(PAGE_VALUES, key) ? PAGE_VALUES[key as keyof PageOptions] : undefined;
    if (!known)
      told(
        lineOf(key),
        `«\u00a0${key}\u00a0» n’est pas une option de page (${Object.keys(PAGE_VALUES).join(', ')}).`,
      );
    else if (!known[0](value))
      told(lineOf(key), `l’option de page «\u00a0${key}\u00a0» doit être ${known[1]}.`);
  }
  return { ...DEFAULT_PAGE, ...given };
}

/** The line of the file where a field stands; its first line when it is missing. */
function lineIn(yaml: string, field: string): number {
  const at = yaml.split(/\r?\n/).findIndex((line) => line.trimStart().startsWith(`${field}:`));
  return at < 0 ? 1 : at + 2;
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean =>
  (typeof value === 'string' && value.trim() !== '') || typeof value === 'number';
