import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../config/config.js';
import { type Template, readTemplate, wholeFile } from './template.js';
import { TemplateError, type TemplateFault } from './template-error.js';

const SHIPPED = join('templates', 'documents');
const ENDING = '.md.njk';

/** Where a template is read from. */
export interface TemplatePlace {
  readonly name: string;
  readonly path: string;
  /** As people know it. */
  readonly file: string;
  /** Whether it is the collectivité’s own, in the place of the one shipped. */
  readonly overridden: boolean;
}

/**
 * The templates of documents: those shipped in `templates/documents`, each replaced by the file of the same name in the
 * folder of the collectivité (`HALLE_TEMPLATES`) where there is one. A template is read once, so that its version is the
 * same as long as the process lives.
 */
export class Templates {
  private readonly known = new Map<string, Template>();

  /** @param folder absolute path of the collectivité’s own templates; null: none */
  constructor(readonly folder: string | null) {}

  /** @throws {TemplateError} when it cannot be read, or its front matter is wrong */
  get(name: string): Template {
    const known = this.known.get(name);
    if (known) return known;
    const { path, file } = this.place(name);
    const template = readTemplate(name, bytesOf(path, file), file);
    this.known.set(name, template);
    return template;
  }

  place(name: string): TemplatePlace {
    const own = this.folder === null ? null : join(this.folder, `${name}${ENDING}`);
    if (own !== null && existsSync(own)) return { name, path: own, file: own, overridden: true };
    const file = join(SHIPPED, `${name}${ENDING}`);
    return { name, path: join(PROJECT_ROOT, file), file, overridden: false };
  }

  /** Names of the templates shipped, sorted. */
  shipped(): string[] {
    return namesIn(join(PROJECT_ROOT, SHIPPED));
  }

  /** What is wrong with the folder itself: absent, or holding files that would replace nothing. */
  folderFaults(): TemplateFault[] {
    const { folder } = this;
    if (folder === null) return [];
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
      return [
        wholeFile(folder, 'ce dossier de modèles (HALLE_TEMPLATES) n’existe pas\u00a0: corriger le réglage.'),
      ];
    const shipped = this.shipped();
    return namesIn(folder)
      .filter((name) => !shipped.includes(name))
      .map((name) =>
        wholeFile(
          join(folder, `${name}${ENDING}`),
          `ce fichier ne remplace aucun modèle\u00a0: lui donner un de ces noms, suivi de ${ENDING}\u00a0: ${shipped.join(', ')}.`,
        ),
      );
  }
}

const namesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length))
    .sort();

function bytesOf(path: string, file: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new TemplateError([wholeFile(file, `le fichier ne peut pas être lu (${code ?? String(error)}).`)]);
  }
}
