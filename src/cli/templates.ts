import { DOSSIER_TEXTS } from '../documents/document-kinds.js';
import type { Config } from '../platform/config/config.js';
import type { Logger } from '../platform/log/logger.js';
import { faultText } from '../platform/markdown/template-error.js';
import { Templates } from '../platform/markdown/templates.js';
import { type TemplatesReport, checkTemplates } from '../platform/texts/check-templates.js';
import type { TextDocument } from '../platform/texts/text-document.js';
import { receiptText } from '../reminders/receipt.document.js';
import { UsageError } from './campaign-options.js';
import type { Terminal } from './terminal.js';

export const TEMPLATES_USAGE = `Usage : halle templates check

Contrôle les modèles des documents : ceux de Halle, et ceux du dossier HALLE_TEMPLATES qui les remplacent.
Donne d'un coup toutes les fautes, avec leur fichier et leur ligne.

Code de sortie : 0 sans faute ; 1 avec faute, ou autre panne ; 2 commande à corriger.`;

/** Every text that Halle makes from a template. */
export const TEXTS: readonly TextDocument[] = [...DOSSIER_TEXTS, receiptText];

/** `halle templates check`: can every document be made from its template? @returns the exit code */
export async function templatesCommand(
  [action, ...more]: readonly string[],
  config: Config,
  _log: Logger,
  terminal: Terminal,
): Promise<number> {
  if (action !== 'check' || more.length > 0)
    throw new UsageError(['Indiquer l’action : halle templates check.', TEMPLATES_USAGE]);
  const templates = new Templates(config.templates);
  const report = await checkTemplates(templates, TEXTS);
  for (const line of reportLines(report, templates.folder)) terminal.line(line);
  return report.faults.length > 0 ? 1 : 0;
}

function reportLines({ templates, faults }: TemplatesReport, folder: string | null): string[] {
  const overridden = templates.filter((template) => template.overridden);
  return [
    ...templates.map(
      ({ name, file, version }) =>
        `${name}, ${version === null ? 'illisible' : `version ${version}`} : ${file}`,
    ),
    folder === null
      ? `${templates.length} modèles de Halle, aucun dossier de la collectivité (HALLE_TEMPLATES).`
      : `${templates.length} modèles, dont ${overridden.length} de la collectivité${overridden.length > 0 ? ` : ${overridden.map(({ name }) => name).join(', ')}` : ''}.`,
    ...faults.map(faultText),
    faults.length === 0
      ? 'Aucune faute.'
      : `${faults.length} faute${faults.length > 1 ? 's' : ''} à corriger.`,
  ];
}
