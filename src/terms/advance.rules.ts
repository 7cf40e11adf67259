import type { Check } from '../law/check.js';
import { type LawOn, requiredValue } from '../law/law-on.js';
import type { ContractForm } from '../lots/lots.rules.js';
import type { Cents } from '../money/amounts.js';
import { frenchCount, frenchEuros, frenchRate } from '../money/french.js';
import type { AdvanceBasis, LotTerms, Rate } from './terms.rules.js';

export interface AdvanceFacts {
  readonly terms: LotTerms;
  readonly form: ContractForm;
  /** Renewals included. */
  readonly months: number;
  /** Each member pays what it ordered (R2191-18). */
  readonly eachMemberPays: boolean;
  /** Real operating spending of the largest buyer, two years before; null: nobody wrote it. */
  readonly operatingSpending: Cents | null;
}

/** What the law says of the advance of a lot: whether it is owed, and on what. */
export interface AdvanceDuty {
  /** `maybe`: it depends on an amount that is not known here, that of a plain contract. */
  readonly owed: 'yes' | 'no' | 'maybe';
  readonly bases: readonly AdvanceBasis[];
  readonly article: string;
  readonly reason: string;
}

const BASIS_WORDS: Readonly<Record<AdvanceBasis, string>> = {
  contract: 'le montant du marché',
  minimum: 'le minimum, en une fois',
  per_order: 'chaque commande',
};

/** Whether an advance is owed, and on what (R2191-3, R2191-16 to R2191-18). */
export function advanceDuty(facts: Omit<AdvanceFacts, 'operatingSpending'>, law: LawOn): AdvanceDuty {
  const { terms, form, months, eachMemberPays } = facts;
  const { minimum, maximum } = terms;
  const from = requiredValue(law, 'avance_seuil');
  const least = frenchEuros(from);
  const monthsFrom = requiredValue(law, 'avance_duree');
  if (BigInt(months) <= monthsFrom)
    return {
      owed: 'no',
      bases: ['contract', 'minimum', 'per_order'],
      article: 'CCP R2191-3',
      reason: `le contrat ne dure pas plus de ${frenchCount(monthsFrom)}\u00a0mois`,
    };
  if (form === 'ordinaire')
    return {
      owed: 'maybe',
      bases: ['contract'],
      article: 'CCP R2191-3',
      reason: `elle est due si le marché dépasse ${least} HT`,
    };
  if (form !== 'marches_subsequents' && minimum !== null && minimum > from)
    return eachMemberPays
      ? {
          owed: 'yes',
          bases: ['minimum', 'per_order'],
          article: 'CCP R2191-17 et R2191-18',
          reason: `le minimum dépasse ${least} HT\u00a0: une fois sur ce minimum, ou par commande, chaque membre payant les siennes`,
        }
      : {
          owed: 'yes',
          bases: ['minimum'],
          article: 'CCP R2191-17',
          reason: `le minimum dépasse ${least} HT\u00a0: une seule fois, sur ce minimum`,
        };
  if (maximum !== null && maximum <= from)
    return {
      owed: 'no',
      bases: ['per_order'],
      article: 'CCP R2191-3',
      reason: `aucune commande ne peut dépasser ${least} HT`,
    };
  if (form === 'marches_subsequents')
    return {
      owed: 'yes',
      bases: ['per_order'],
      article: 'CCP R2191-3',
      reason: `elle est due pour chaque marché subséquent de plus de ${least} HT et de plus de ${frenchCount(monthsFrom)}\u00a0mois`,
    };
  return minimum === null
    ? {
        owed: 'yes',
        bases: ['per_order'],
        article: 'CCP R2191-16',
        reason: `sans minimum, elle est due pour chaque bon de commande de plus de ${least} HT et de plus de ${frenchCount(monthsFrom)}\u00a0mois`,
      }
    : {
        owed: 'no',
        bases: ['minimum', 'per_order'],
        article: 'CCP R2191-17',
        reason: `le minimum ne dépasse pas ${least} HT`,
      };
}

export function advanceChecks(facts: AdvanceFacts, law: LawOn): Check[] {
  const duty = advanceDuty(facts, law);
  return [advanceBasisCheck(facts, duty), advanceRateCheck(facts, duty, law)];
}

function advanceBasisCheck({ terms }: AdvanceFacts, duty: AdvanceDuty): Check {
  const possible = duty.bases.map((basis) => BASIS_WORDS[basis]).join(' ou ');
  const base = {
    rule: 'ADVANCE_BASIS',
    article: duty.article,
    figures: {
      'minimum du lot': terms.minimum === null ? 'aucun' : frenchEuros(terms.minimum),
      'maximum du lot': terms.maximum === null ? 'aucun' : frenchEuros(terms.maximum),
      'assiette choisie': terms.advanceBasis === null ? 'aucune' : BASIS_WORDS[terms.advanceBasis],
      'assiette possible': possible,
    },
  };
  if (terms.advanceBasis !== null && !duty.bases.includes(terms.advanceBasis))
    return {
      ...base,
      verdict: 'block',
      sentence: `L’avance ne peut pas se calculer sur ${BASIS_WORDS[terms.advanceBasis]}\u00a0: ${duty.reason}. Choisir ${possible}.`,
    };
  if (terms.advanceBasis === null && duty.owed === 'yes' && duty.bases.length > 1)
    return {
      ...base,
      verdict: 'warn',
      sentence: `Avance\u00a0: ${duty.reason}. Choisir son assiette\u00a0: ${possible}.`,
    };
  const owed = { yes: 'due', no: 'facultative', maybe: 'à vérifier' }[duty.owed];
  return { ...base, verdict: 'ok', sentence: `Avance ${owed}\u00a0: ${duty.reason}.` };
}

const spendingFigure = (spending: Cents | null, from: Cents) => ({
  'dépenses réelles de fonctionnement': spending === null ? 'non indiquées' : frenchEuros(spending),
  'seuil des grands acheteurs': frenchEuros(from),
});
const rateFigure = (rate: Rate | null): string => (rate === null ? 'aucun' : frenchRate(rate));

function advanceRateCheck({ terms, operatingSpending }: AdvanceFacts, duty: AdvanceDuty, law: LawOn): Check {
  const [least, most] = [requiredValue(law, 'avance_min'), requiredValue(law, 'avance_max')];
  const leastSme = requiredValue(law, 'avance_min_pme');
  const large = requiredValue(law, 'grand_acheteur');
  const rate = terms.advanceRate;
  const sme = terms.advanceRateSme ?? rate;
  const base = {
    rule: 'ADVANCE_RATE',
    article: 'CCP R2191-7',
    figures: {
      'taux de l’avance': rateFigure(rate),
      'taux pour une PME': rateFigure(sme),
      'taux permis': `de ${frenchRate(least)} à ${frenchRate(most)}`,
      ...spendingFigure(operatingSpending, large),
    },
  };
  if (rate === null || sme === null) {
    if (duty.owed === 'no')
      return { ...base, verdict: 'ok', sentence: `Aucune avance\u00a0: ${duty.reason}.` };
    return {
      ...base,
      verdict: duty.owed === 'yes' ? 'block' : 'warn',
      sentence: `Le lot ne fixe pas le taux de l’avance\u00a0: ${duty.reason}. L’inscrire, de ${frenchRate(least)} à ${frenchRate(most)}.`,
    };
  }
  if (rate < least || sme < least)
    return {
      ...base,
      verdict: 'block',
      sentence: `L’avance de ${frenchRate(rate < sme ? rate : sme)} est inférieure à ${frenchRate(least)}\u00a0: relever son taux.`,
    };
  if (sme < leastSme && (operatingSpending === null || operatingSpending > large))
    return {
      ...base,
      verdict: 'warn',
      sentence:
        operatingSpending === null
          ? `Un acheteur dont les dépenses de fonctionnement dépassent ${frenchEuros(large)} doit ${frenchRate(leastSme)} au moins à une PME\u00a0: indiquer ces dépenses dans les conditions de la consultation, ou relever le taux.`
          : `Les dépenses de fonctionnement dépassent ${frenchEuros(large)}\u00a0: l’avance d’une PME est de ${frenchRate(leastSme)} au moins. Relever ce taux.`,
    };
  if (rate > most || sme > most)
    return {
      ...base,
      verdict: 'warn',
      article: 'CCP R2191-8',
      sentence: `L’avance dépasse ${frenchRate(most)}\u00a0: vérifier la garantie que le titulaire doit constituer.`,
    };
  return { ...base, verdict: 'ok', sentence: 'Le taux de l’avance se tient dans les limites du code.' };
}

/** The retention of guarantee: 5 % at most, 3 % for an SME with a large buyer (R2191-33). */
export function retentionCheck({ terms, operatingSpending }: AdvanceFacts, law: LawOn): Check {
  const most = requiredValue(law, 'retenue_max');
  const mostSme = requiredValue(law, 'retenue_max_pme');
  const large = requiredValue(law, 'grand_acheteur');
  const rate = terms.retentionRate;
  const sme = terms.retentionRateSme ?? rate;
  const base = {
    rule: 'RETENTION_RATE',
    article: 'CCP R2191-33',
    figures: {
      'retenue de garantie': rateFigure(rate),
      'retenue pour une PME': rateFigure(sme),
      'retenue permise': `${frenchRate(most)} au plus`,
      ...spendingFigure(operatingSpending, large),
    },
  };
  if (rate === null || sme === null)
    return { ...base, verdict: 'ok', sentence: 'Le lot ne prévoit pas de retenue de garantie.' };
  if (rate > most || sme > most)
    return {
      ...base,
      verdict: 'block',
      sentence: `La retenue de garantie de ${frenchRate(rate > sme ? rate : sme)} dépasse ${frenchRate(most)}\u00a0: la réduire.`,
    };
  if (sme > mostSme && operatingSpending !== null && operatingSpending > large)
    return {
      ...base,
      verdict: 'block',
      sentence: `Les dépenses de fonctionnement dépassent ${frenchEuros(large)}\u00a0: la retenue d’une PME est de ${frenchRate(mostSme)} au plus. La réduire.`,
    };
  if (sme > mostSme && operatingSpending === null)
    return {
      ...base,
      verdict: 'warn',
      sentence: `Un acheteur dont les dépenses de fonctionnement dépassent ${frenchEuros(large)} retient ${frenchRate(mostSme)} au plus à une PME\u00a0: indiquer ces dépenses dans les conditions de la consultation, ou réduire la retenue.`,
    };
  return { ...base, verdict: 'ok', sentence: 'La retenue de garantie se tient dans les limites du code.' };
}
