import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../config/config.js';
import { fillPlain } from '../markdown/fill.js';

/**
 * A mail from `templates/mails/<name>.txt.njk`, whose first line is the subject and whose sentences a person of the
 * trade may change.
 *
 * @throws when a placeholder has no value
 */
export function mailText(name: string, model: object): { readonly subject: string; readonly text: string } {
  const file = join('templates', 'mails', `${name}.txt.njk`);
  const text = readFileSync(join(PROJECT_ROOT, file), 'utf8');
  const [subject = '', ...body] = fillPlain({ file, text, line: 1 }, model).split('\n');
  // A name may hold a line break; a header may not.
  return { subject: subject.replace(/^Objet : /, '').trim(), text: `${body.join('\n').trim()}\n` };
}
