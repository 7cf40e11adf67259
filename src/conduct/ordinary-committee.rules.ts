import { type LawOn, requiredValue } from '../law/law-on.js';
import { frenchCount } from '../money/french.js';

interface Buyer {
  readonly name: string;
  readonly kind: string;
  readonly municipalPopulation: number | null;
  readonly totalPopulation: number | null;
}

/** The committee (commission d'appel d'offres) of one buyer by itself (CGCT L1411-5 II). */
export interface OrdinaryCommittee {
  /** Whether such a buyer has one; `unknown` when the law was not read for its kind. */
  readonly exists: 'yes' | 'no' | 'unknown';
  /** Voting members, president included; null when it is not known. */
  readonly voting: number | null;
  /** « le maire et 5 membres élus du conseil ». */
  readonly members: string;
  /** False when the figure rests on no text that was read, or on a population that nobody gave. */
  readonly verified: boolean;
  readonly figures: Readonly<Record<string, string>>;
  readonly sentence: string;
}

const LARGE = 5;
const SMALL = 3;
const ELECTED = 'élus par son conseil à la représentation proportionnelle au plus fort reste';

/**
 * Who sits in a buyer's own committee: the authority entitled to sign and 5 elected members, or 3 in a commune below
 * the threshold of population totale. The population municipale is never above the population totale: reaching the
 * threshold, it settles the matter; below it, it does not.
 */
export function ordinaryCommittee(buyer: Buyer, law: LawOn): OrdinaryCommittee {
  const { name, kind } = buyer;
  if (kind === 'commune') return communeCommittee(buyer, law);
  if (kind === 'epci' || kind === 'syndicat')
    return {
      exists: 'yes',
      voting: LARGE + 1,
      members: `le président et ${LARGE} membres élus`,
      verified: false,
      figures: {},
      sentence: `La commission de ${name} compte le président et ${LARGE} membres ${ELECTED} (rédaction en vigueur non vérifiée).`,
    };
  const none = kind === 'private';
  return {
    exists: none ? 'no' : 'unknown',
    voting: null,
    members: '',
    verified: false,
    figures: {},
    sentence: none
      ? `${name} n’a pas de commission d’appel d’offres.`
      : `Il n’est pas établi que ${name} ait une commission d’appel d’offres, ni laquelle\u00a0: à vérifier.`,
  };
}

function communeCommittee({ name, ...population }: Buyer, law: LawOn): OrdinaryCommittee {
  const threshold = Number(requiredValue(law, 'cao_grande_commune'));
  const { municipalPopulation, totalPopulation } = population;
  const count = (value: number | null): string => (value === null ? 'inconnue' : frenchCount(value));
  const figures = {
    'population totale': count(totalPopulation),
    'population municipale': count(municipalPopulation),
    seuil: frenchCount(threshold),
  };
  const highest = Math.max(totalPopulation ?? -1, municipalPopulation ?? -1);
  const of = (elected: number, why: string, verified: boolean): OrdinaryCommittee => ({
    exists: 'yes',
    voting: elected + 1,
    members: `le maire et ${elected} membres élus`,
    verified,
    figures,
    sentence: `La commission de ${name} compte le maire, ou qui le représente, et ${elected} membres ${ELECTED}\u00a0: ${why}.`,
  });
  if (highest >= threshold)
    return of(LARGE, `${frenchCount(highest)} habitants, au moins ${frenchCount(threshold)}`, true);
  if (totalPopulation !== null)
    return of(
      SMALL,
      `${frenchCount(totalPopulation)} habitants, moins de ${frenchCount(threshold)} (composition non vérifiée)`,
      false,
    );
  if (municipalPopulation !== null)
    return of(
      SMALL,
      `${frenchCount(municipalPopulation)} habitants de population municipale. C’est la population totale qui compte, et elle n’est pas connue ici\u00a0: ` +
        `à partir de ${frenchCount(threshold)}, il y en aurait ${LARGE} (composition non vérifiée)`,
      false,
    );
  return {
    exists: 'yes',
    voting: null,
    members: `le maire et ${LARGE} membres élus, ou ${SMALL}, selon sa population`,
    verified: false,
    figures,
    sentence:
      `La commission de ${name} compte le maire, ou qui le représente, et ${LARGE} membres ${ELECTED} à partir de ${frenchCount(threshold)} habitants, ` +
      `${SMALL} en dessous\u00a0; sa population n’est pas connue ici\u00a0: l’indiquer.`,
  };
}
