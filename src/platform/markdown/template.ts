import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse as parseYaml } from 'yaml';

/** How the pages of a document look; every field has a default. */
export interface PageOptions {
  readonly size: 'A4';
  readonly orientation: 'portrait' | 'landscape';
  /** `compact` for documents of one page. */
  readonly density: 'normal' | 'compact';
  /** A light word in the running header: « Projet ». */
  readonly mention: string | null;
  readonly header: boolean;
  readonly bookmarks: boolean;
  /** The rendering fails above this number of pages; null: no limit. */
  readonly maxPages: number | null;
}

/** A legal text as its author wrote it: front matter (YAML), then Markdown with Nunjucks placeholders. */
export interface Template {
  readonly name: string;
  readonly kind: string;
  /** May hold placeholders; plain text, not Markdown. */
  readonly title: string;
  /** Version of the front matter, and the first 12 hexadecimal digits of the SHA-256 of the file. */
  readonly version: string;
  /** Articles of law that the text relies on, for the person who reviews it. */
  readonly articles: readonly string[];
  readonly page: PageOptions;
  readonly body: string;
}

const DEFAULT_PAGE: PageOptions = {
  size: 'A4',
  orientation: 'portrait',
  density: 'normal',
  mention: null,
  header: true,
  bookmarks: true,
  maxPages: null,
};

/** The folder of package.json: templates are found from src/ under test and from dist/ at run time alike. */
export function packageRoot(from: string = import.meta.url): string {
  let folder = dirname(fileURLToPath(from));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`no package.json above ${fileURLToPath(from)}`);
    folder = parent;
  }
  return folder;
}

/** Reads `templates/documents/<name>.md.njk`. @throws when its front matter is missing or incomplete */
export function loadTemplate(name: string): Template {
  return readTemplate(name, readFileSync(join(packageRoot(), 'templates', 'documents', `${name}.md.njk`)));
}

/** @throws when the front matter is missing or incomplete */
export function readTemplate(name: string, bytes: Buffer): Template {
  const match = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(bytes.toString('utf8'));
  if (!match) throw new Error(`template ${name}: no front matter between two lines of ---`);
  const front = parseYaml(match[1]!) as Record<string, unknown>;
  const text = (field: string): string => {
    const value = front[field];
    if (typeof value !== 'string' && typeof value !== 'number')
      throw new Error(`template ${name}: the front matter lacks "${field}"`);
    return String(value);
  };
  const page = { ...DEFAULT_PAGE, ...(front['page'] as Partial<PageOptions> | undefined) };
  const unknown = Object.keys(page).find((key) => !(key in DEFAULT_PAGE));
  if (unknown !== undefined) throw new Error(`template ${name}: unknown page option "${unknown}"`);
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  return {
    name,
    kind: text('kind'),
    title: text('title'),
    version: `${text('version')}+${digest}`,
    articles: ((front['articles'] as unknown[] | undefined) ?? []).map(String),
    page,
    body: match[2]!,
  };
}
