/** One thing wrong in a template, for the person who edits it. */
export interface TemplateFault {
  /** As that person knows it: `templates/documents/agreement.md.njk`, or the whole path of a file of theirs. */
  readonly file: string;
  /** First line is 1; null when the whole file is meant. */
  readonly line: number | null;
  /** « membre.nom »; null when no placeholder is meant. */
  readonly placeholder: string | null;
  /** What is wrong and what to do: French, without file nor line. */
  readonly sentence: string;
}

/** « FICHIER, ligne 12 : {{ membre.nom }} n’est pas dans les données du document… » */
export const faultText = ({ file, line, sentence }: TemplateFault): string =>
  `${file}${line === null ? '' : `, ligne\u00a0${line}`}\u00a0: ${sentence}`;

/** A template that cannot be used, with everything that is wrong in it. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';

  constructor(readonly faults: readonly TemplateFault[]) {
    super(faults.map(faultText).join('\n'));
  }
}
