import { createHash } from 'node:crypto';
import { type PageOptions, readFrontMatter } from './front-matter.js';
import { TemplateError, type TemplateFault } from './template-error.js';

/** A legal text as its author wrote it: front matter (YAML), then Markdown with Nunjucks placeholders. */
export interface Template {
  /** Name of the file, without `.md.njk`. */
  readonly name: string;
  /** As its author knows it, for messages. */
  readonly file: string;
  readonly kind: string;
  /** May hold placeholders; plain text, not Markdown. */
  readonly title: string;
  readonly titleLine: number;
  /** Version of the front matter, and the first 12 hexadecimal digits of the SHA-256 of the file. */
  readonly version: string;
  /** Articles of law that the text relies on, for the person who reviews it. */
  readonly articles: readonly string[];
  readonly page: PageOptions;
  readonly body: string;
  /** Line of the file where the body begins. */
  readonly bodyLine: number;
}

/** @throws {TemplateError} with everything that is wrong in the front matter, or when the file is not UTF-8 */
export function readTemplate(name: string, bytes: Buffer, file = `${name}.md.njk`): Template {
  const text = textOf(file, bytes);
  const match = /^---\r?\n([\s\S]*?\r?\n)?---\r?\n/.exec(text);
  if (!match)
    throw new TemplateError([
      wholeFile(
        file,
        'il manque l’en-tête, entre deux lignes «\u00a0---\u00a0» au début du fichier (title, kind, version, articles).',
        1,
      ),
    ]);
  const { front, faults } = readFrontMatter(file, name, match[1] ?? '');
  if (!front) throw new TemplateError(faults);
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  return {
    ...front,
    name,
    file,
    version: `${front.version}+${digest}`,
    body: text.slice(match[0].length),
    bodyLine: match[0].split('\n').length,
  };
}

export const wholeFile = (file: string, sentence: string, line: number | null = null): TemplateFault => ({
  file,
  line,
  placeholder: null,
  sentence,
});

function textOf(file: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    throw new TemplateError([
      wholeFile(file, 'le fichier n’est pas du texte en UTF-8\u00a0: l’enregistrer dans cet encodage.'),
    ]);
  }
}
