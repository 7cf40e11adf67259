import { frenchDate } from '../calendar/plain-date.js';
import { placeWords } from '../law/wording.rules.js';
import type { LeverFacts } from './lever.rules.js';
import { type Chosen, leverOf, LEVERS } from './levers.rules.js';
import { readRecord } from './record.rules.js';
import { supplierTrace } from './supplier-name.rules.js';

/** What someone asks: the justification, and the levers with what they wrote down for each. */
export interface AskedProtection {
  readonly justification: string;
  readonly levers: readonly {
    readonly lever: string;
    readonly record: Readonly<Record<string, unknown>>;
  }[];
}

/** Something to correct. */
export interface DecisionFault {
  /** Its place in the request: `['levers', '0', 'record', 'cap']`. */
  readonly path: readonly string[];
  readonly code: string;
  readonly detail: string;
}

export interface Decision {
  readonly justification: string;
  /** In the order of the catalogue: the order of a request says nothing. */
  readonly levers: readonly Chosen[];
  /** Everything to correct; empty when the flag may be set. */
  readonly faults: readonly DecisionFault[];
}

/** Whoever reads only the justification learns something. */
const SHORTEST = 20;
const LONGEST = 4000;

/** Every text that someone writes, as the directory of suppliers is asked about it. */
export const textsOf = ({ justification, levers }: AskedProtection): string[] => [
  justification.trim(),
  ...levers
    .flatMap(({ record }) => Object.values(record).flat())
    .filter((value) => typeof value === 'string'),
];

/**
 * Judges the flag « Mesures d’accès des TPE-PME » of a lot: at least one usable lever, and a justification.
 *
 * @param known what names a supplier of the directory in these texts, by text
 */
export function decideProtection(
  facts: LeverFacts,
  asked: AskedProtection,
  known: ReadonlyMap<string, string> = new Map(),
): Decision {
  const faults = justificationFaults(asked.justification.trim(), known);
  if (asked.levers.length === 0)
    faults.push({
      path: ['levers'],
      code: 'leverMissing',
      detail: 'Choisir au moins une mesure du catalogue\u00a0: le signalement seul ne protège rien.',
    });
  const chosen: Chosen[] = [];
  const codes = asked.levers.map(({ lever }) => lever);
  const seen = new Set<string>();
  asked.levers.forEach(({ lever: code, record: given }, place) => {
    const at = (rest: readonly string[], faultCode: string, detail: string): void => {
      faults.push({ path: ['levers', String(place), ...rest], code: faultCode, detail });
    };
    const lever = leverOf(code);
    if (!lever) {
      at(['lever'], 'leverUnknown', `Le catalogue n’a pas de mesure «\u00a0${code.slice(0, 60)}\u00a0».`);
      return;
    }
    if (lever.nature !== 'lever') {
      at(
        ['lever'],
        'leverNotChosen',
        `«\u00a0${lever.label}\u00a0» vaut pour tous les lots sans qu’on le choisisse\u00a0: choisir une autre mesure.`,
      );
      return;
    }
    if (seen.has(code)) {
      at(
        ['lever'],
        'leverTwice',
        `«\u00a0${lever.label}\u00a0» est choisi deux fois\u00a0: n’en garder qu’un.`,
      );
      return;
    }
    seen.add(code);
    const why = lever.whyNot({ ...facts, chosen: codes });
    if (why !== null) {
      at(['lever'], 'leverNotUsable', `«\u00a0${lever.label}\u00a0» ne convient pas à ce lot. ${why}`);
      return;
    }
    const { record, faults: wrong } = readRecord(lever, given);
    for (const { key, code: faultCode, detail } of wrong) at(['record', key], faultCode, detail);
    for (const { key, label } of lever.fields.filter(({ choices }) => !choices))
      for (const text of [given[key]].flat())
        if (typeof text === 'string' && known.has(text))
          at(
            ['record', key],
            'fieldSupplier',
            `«\u00a0${label}\u00a0» nomme une entreprise de l’annuaire («\u00a0${known.get(text)!}\u00a0»)\u00a0: ce texte est ouvert à tous, l’écrire sans nom.`,
          );
    // Every date of a record tells what was done: a computation, a meeting, an award.
    for (const { key, label, kind } of lever.fields)
      if (kind === 'date' && String(record[key] ?? '') > facts.today)
        at(
          ['record', key],
          'fieldToCome',
          `«\u00a0${label}\u00a0» est après ce jour, ${frenchDate(facts.today)}\u00a0: écrire quand cela a été fait.`,
        );
    chosen.push({ lever: code, record });
  });
  const order = LEVERS.map(({ code }) => code);
  return {
    justification: asked.justification.trim(),
    levers: chosen.sort((a, b) => order.indexOf(a.lever) - order.indexOf(b.lever)),
    faults,
  };
}

function justificationFaults(text: string, known: ReadonlyMap<string, string>): DecisionFault[] {
  const fault = (code: string, detail: string): DecisionFault => ({
    path: ['justification'],
    code,
    detail,
  });
  if (text.length < SHORTEST || text.length > LONGEST)
    return [
      fault(
        'justificationLength',
        `Écrire pourquoi ces mesures servent cet achat, en ${SHORTEST} à ${LONGEST} caractères\u00a0: ce texte est ouvert à qui lit le dossier.`,
      ),
    ];
  const words = [...new Set(placeWords(text).map(({ word }) => `«\u00a0${word}\u00a0»`))];
  const name = supplierTrace(text) ?? known.get(text) ?? null;
  return [
    ...(words.length === 0
      ? []
      : [
          fault(
            'justificationPlace',
            `La justification emploie ${words.join(', ')}\u00a0: on ne préfère pas une entreprise pour le lieu où elle se trouve. Dire ce que le besoin exige\u00a0: taille des lots, délai, fréquence, fraîcheur, concurrence.`,
          ),
        ]),
    ...(name === null
      ? []
      : [
          fault(
            'justificationSupplier',
            `La justification semble nommer une entreprise («\u00a0${name}\u00a0»)\u00a0: ce texte est ouvert à tous, l’écrire sans nom ni numéro.`,
          ),
        ]),
  ];
}
