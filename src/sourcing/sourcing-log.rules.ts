import type { PlainDate } from '../calendar/plain-date.js';
import type { Check } from '../law/check.js';
import { searchKey } from './suppliers.rules.js';

/** What became of a line of the log, from what was written after it. */
export type LineState = 'standing' | 'corrected' | 'struck out';
export type LineCommand = 'correct' | 'strike out';

/** What each command does to a line in each state: its next state, or the code that refuses it. */
export const LINE_MOVES = {
  standing: { correct: 'corrected', 'strike out': 'struck out' },
  corrected: { correct: 'CONTACT_ALREADY_CORRECTED', 'strike out': 'CONTACT_ALREADY_CORRECTED' },
  'struck out': { correct: 'CONTACT_STRUCK_OUT', 'strike out': 'CONTACT_STRUCK_OUT' },
} as const satisfies Record<LineState, Record<LineCommand, string>>;

/** A line that strikes another out is struck out too: nothing stands there any more. */
export const lineState = (line: {
  readonly struckOut: boolean;
  readonly replacement: 'correction' | 'strike out' | null;
}): LineState =>
  line.struckOut || line.replacement === 'strike out'
    ? 'struck out'
    : line.replacement === 'correction'
      ? 'corrected'
      : 'standing';

/** Why a contact of that day cannot be recorded; null when it can. Sourcing comes before the launch (R2111-1). */
export function contactRefusal(
  metOn: PlainDate,
  today: PlainDate,
  launchedOn: PlainDate | null,
): 'CONTACT_IN_FUTURE' | 'CONTACT_AFTER_LAUNCH' | null {
  if (metOn > today) return 'CONTACT_IN_FUTURE';
  return launchedOn !== null && metOn > launchedOn ? 'CONTACT_AFTER_LAUNCH' : null;
}

/** A contact that stands, as far as the checks go. */
export interface Contact {
  readonly supplierId: string;
  readonly supplierName: string;
  /** Null: about the whole consultation. */
  readonly lotNumber: number | null;
  readonly metOn: PlainDate;
  /** One piece of information each, and one document each. */
  readonly informationGiven: readonly string[];
  readonly documentsGiven: readonly string[];
}

/**
 * Whether several suppliers were met, and all told the same before the launch. A lot concerns those who were met about it
 * or about the whole consultation; what is told about the whole concerns everyone met. What a supplier was told counts
 * whenever it was, by whatever contact, up to the day of the launch.
 */
export function sourcingChecks(
  contacts: readonly Contact[],
  launchedOn: PlainDate | null,
): readonly [severalMet: Check, equalInformation: Check] {
  const before = contacts.filter(({ metOn }) => launchedOn === null || metOn <= launchedOn);
  return [severalMet(before), equalInformation(before)];
}

function severalMet(contacts: readonly Contact[]): Check {
  const scopes = scopesOf(contacts);
  const alone = scopes.filter(({ concerned }) => concerned.size === 1);
  const one = alone.map(({ lotNumber }) => scopeWords(lotNumber)).join(', ');
  return {
    rule: 'SOURCING_SEVERAL_MET',
    article: 'CCP R2111-1',
    verdict: alone.length > 0 ? 'warn' : 'ok',
    figures: Object.fromEntries(
      scopes.map(({ lotNumber, concerned }) => [
        `fournisseurs rencontrés, ${scopeWords(lotNumber)}`,
        String(concerned.size),
      ]),
    ),
    sentence:
      contacts.length === 0
        ? 'Aucun fournisseur n’a été rencontré avant la rédaction\u00a0; ce n’est pas obligatoire.'
        : alone.length === 0
          ? 'Plusieurs fournisseurs ont été rencontrés.'
          : `Un seul fournisseur a été rencontré (${one})\u00a0: en rencontrer d’autres, pour que le besoin ne soit pas décrit d’après lui seul.`,
  };
}

function equalInformation(contacts: readonly Contact[]): Check {
  const told = new Map<string, Set<string>>();
  const names = new Map<string, string>();
  for (const contact of contacts) {
    names.set(contact.supplierId, contact.supplierName);
    const known = told.get(contact.supplierId) ?? new Set<string>();
    for (const piece of piecesOf(contact)) known.add(searchKey(piece));
    told.set(contact.supplierId, known);
  }
  const missing = new Map<string, Set<string>>();
  for (const { pieces, concerned } of scopesOf(contacts))
    for (const supplierId of concerned)
      for (const [key, piece] of pieces)
        if (!told.get(supplierId)!.has(key))
          missing.set(supplierId, (missing.get(supplierId) ?? new Set()).add(piece));
  return {
    rule: 'SOURCING_EQUAL_INFORMATION',
    article: 'CCP R2111-2',
    verdict: missing.size > 0 ? 'warn' : 'ok',
    figures: Object.fromEntries(
      [...missing]
        .map(([supplierId, pieces]): [string, string] => [
          `non donné à ${names.get(supplierId)!} (${supplierId})`,
          [...pieces].map((piece) => `«\u00a0${piece}\u00a0»`).join(', '),
        ])
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    sentence:
      missing.size === 0
        ? 'Les fournisseurs rencontrés ont reçu les mêmes informations.'
        : 'Des informations données à un fournisseur ne l’ont pas été aux autres\u00a0: les leur donner avant le lancement et le consigner, ou les joindre au dossier de consultation.',
  };
}

interface ScopeOfTalk {
  readonly lotNumber: number | null;
  readonly concerned: ReadonlySet<string>;
  /** What was told there, by its search key. */
  readonly pieces: ReadonlyMap<string, string>;
}

/** The whole consultation when it was spoken of, then lots by number. */
function scopesOf(contacts: readonly Contact[]): ScopeOfTalk[] {
  const numbers = [...new Set(contacts.map(({ lotNumber }) => lotNumber))].sort(
    (a, b) => (a ?? 0) - (b ?? 0),
  );
  return numbers.map((lotNumber) => ({
    lotNumber,
    concerned: new Set(
      contacts
        .filter((contact) => lotNumber === null || [lotNumber, null].includes(contact.lotNumber))
        .map(({ supplierId }) => supplierId),
    ),
    pieces: new Map(
      contacts
        .filter((contact) => contact.lotNumber === lotNumber)
        .flatMap(piecesOf)
        .map((piece) => [searchKey(piece), piece]),
    ),
  }));
}

const piecesOf = ({ informationGiven, documentsGiven }: Contact): string[] => [
  ...informationGiven,
  ...documentsGiven,
];
const scopeWords = (lotNumber: number | null): string =>
  lotNumber === null ? 'toute la consultation' : `lot ${lotNumber}`;
