import { isPlainDate, parisTime } from '../../calendar/plain-date.js';
import { CSV_BOM, frenchCsvLine } from '../csv/write.js';
import { isList, type JournalState, type JsonValue } from './changes.js';
import type { JournalLine } from './journal.queries.js';
import { FACT_WORDS } from './fact-words.js';
import { ACTOR_WORDS, CHANNEL_WORDS, KEY_WORDS, SUBJECT_WORDS, VALUE_WORDS } from './words.js';

const COLUMNS = [
  'instant (heure de Paris)',
  'acteur',
  'pour le compte de',
  'acheteur',
  'objet',
  'action',
  'avant',
  'après',
  'canal',
  'requête',
  'position',
  'empreinte',
] as const;

/**
 * Lines of the journal for a French spreadsheet, in pieces: the whole is never held. People are told by their id.
 *
 * @param labelOf words for a buyer's id
 */
export async function* journalCsv(
  lines: AsyncIterable<JournalLine>,
  labelOf: (buyerId: string) => string,
): AsyncGenerator<string> {
  yield `${CSV_BOM}${frenchCsvLine(COLUMNS)}`;
  const buyer = (id: string | null): string => (id === null ? '' : labelOf(id));
  for await (const line of lines)
    yield frenchCsvLine([
      parisTime(line.at),
      [ACTOR_WORDS[line.actorKind], line.actorName ?? line.actorId ?? ''].join(' ').trim(),
      buyer(line.onBehalfOf),
      buyer(line.buyerId),
      `${SUBJECT_WORDS[line.subject] ?? line.subject} ${line.subjectId}`,
      KEY_WORDS[line.key] ?? line.key,
      stateText(line.before),
      stateText(line.after),
      `${CHANNEL_WORDS[line.channel]}${line.onBehalfOf === null ? '' : ', par délégation'}`,
      line.requestId ?? '',
      line.position,
      line.hash,
    ]);
}

/** One fact a line of the cell; nothing for a thing that was not there. */
const stateText = (state: JournalState | null): string =>
  Object.entries(state ?? {})
    .map(([name, value]) => factText(name, value))
    .join('\n');

const factText = (name: string, value: JsonValue): string =>
  `${FACT_WORDS[name] ?? name}\u00a0: ${valueText(name, value)}`;

/** An instant of a program, told in the time of people. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

function valueText(name: string, value: JsonValue): string {
  if (value === null) return 'vide';
  if (typeof value === 'boolean') return value ? 'oui' : 'non';
  // A day as a French spreadsheet reads it.
  if (typeof value === 'string' && isPlainDate(value)) return value.split('-').reverse().join('/');
  if (typeof value === 'string' && INSTANT.test(value)) return parisTime(new Date(value));
  if (typeof value !== 'object') return VALUE_WORDS[name]?.[String(value)] ?? String(value);
  if (isList(value)) return value.map((one) => valueText(name, one)).join(', ');
  const facts = Object.entries(value).map(([inner, one]) => factText(inner, one));
  return `(${facts.join('\u00a0; ')})`;
}
