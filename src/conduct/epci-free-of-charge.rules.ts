import type { Check } from '../law/check.js';
import type { Cents } from '../money/amounts.js';
import { frenchEuros } from '../money/french.js';
import { frenchList } from './missions.rules.js';

/** What is known of the buyer that conducts a consultation, and of what it asks of the others. */
export interface EpciFacts {
  readonly name: string;
  /** EPCI à fiscalité propre. */
  readonly isEpci: boolean;
  /** Its own valid needs in the consultation, € excl. VAT a year. */
  readonly declaredNeed: Cents;
  /** Whether its statutes expressly provide for it; null: not told yet. */
  readonly statutesProvide: boolean | null;
  /** What it asks of the members for the time of its own agents; null: not told yet. */
  readonly agentTimeShared: Cents | null;
  /** What it asks of them for what it pays to others: advertising, legal advice; null: not told yet. */
  readonly disbursementsShared: Cents | null;
  /** Members that are neither that EPCI nor its communes: CCAS, syndicats, other bodies. */
  readonly membersOutside: readonly string[];
}

const ARTICLE = 'CGCT L5211-4-4';
const RULE = 'EPCI_FREE_OF_CHARGE';

const told = (amount: Cents | null): string => (amount === null ? 'non renseigné' : frenchEuros(amount));

/**
 * An EPCI without any need of its own buys for its communes only free of charge, and if its statutes expressly say so;
 * with a need, it coordinates an ordinary group (CGCT L5211-4-4). All that stands in the way is told at once.
 */
export function epciFreeOfCharge(facts: EpciFacts): Check[] {
  const { name, declaredNeed } = facts;
  const figures = {
    'besoin propre': frenchEuros(declaredNeed),
    'temps d’agents réparti': told(facts.agentTimeShared),
    'débours répartis': told(facts.disbursementsShared),
    'clause statutaire':
      facts.statutesProvide === null ? 'non renseignée' : facts.statutesProvide ? 'oui' : 'non',
  };
  const check = (verdict: Check['verdict'], sentence: string): Check => ({
    ...{ rule: RULE, article: ARTICLE, verdict, figures, sentence },
  });
  if (!facts.isEpci)
    return [
      check('ok', `${name} n’est pas un EPCI à fiscalité propre\u00a0: la règle ne s’applique pas à lui.`),
    ];
  if (declaredNeed > 0n)
    return [
      check(
        'ok',
        `${name} a un besoin propre dans cette consultation\u00a0: il coordonne un groupement ordinaire, sans clause statutaire.`,
      ),
    ];
  const faults: Check[] = [];
  if (facts.statutesProvide !== true)
    faults.push(
      facts.statutesProvide === null
        ? check(
            'warn',
            `${name} n’a pas de besoin propre\u00a0: vérifier que ses statuts prévoient expressément qu’il achète pour ses communes, à titre gratuit, et l’indiquer au groupement («\u00a0à titre gratuit\u00a0»). Halle ne les lit pas.`,
          )
        : check(
            'block',
            `${name} n’a pas de besoin propre, et ses statuts ne prévoient pas qu’il achète pour ses communes\u00a0: les modifier, déclarer un besoin, ou choisir un autre coordonnateur.`,
          ),
    );
  if (facts.agentTimeShared !== null && facts.agentTimeShared !== 0n)
    faults.push(
      check(
        'block',
        `${name} n’a pas de besoin propre\u00a0: il agit à titre gratuit, et ne répartit pas ${frenchEuros(facts.agentTimeShared)} de temps d’agents. Ne rien demander aux membres pour ce temps, déclarer un besoin, ou choisir un autre coordonnateur.`,
      ),
    );
  if (facts.disbursementsShared !== null && facts.disbursementsShared !== 0n)
    faults.push(
      check(
        'warn',
        `${name} répartit ${frenchEuros(facts.disbursementsShared)} de débours alors qu’il agit à titre gratuit\u00a0: ce point n’est pas tranché, consulter le service juridique.`,
      ),
    );
  const untold = [
    ...(facts.agentTimeShared === null ? ['le temps de ses agents'] : []),
    ...(facts.disbursementsShared === null ? ['ses débours'] : []),
  ];
  if (untold.length > 0)
    faults.push(
      check(
        'warn',
        `${name} n’a pas de besoin propre\u00a0: indiquer au groupement («\u00a0à titre gratuit\u00a0») ce qu’il demande aux membres pour ${frenchList(untold)}, 0 s’il ne demande rien.`,
      ),
    );
  if (facts.membersOutside.length > 0)
    faults.push(
      check(
        'warn',
        `${frenchList(facts.membersOutside)}\u00a0: ce cadre ne vise que l’EPCI et ses communes (lecture non vérifiée), consulter le service juridique.`,
      ),
    );
  if (faults.length > 0) return faults;
  return [
    check(
      'ok',
      `${name} n’a pas de besoin propre\u00a0: ses statuts le prévoient et il agit à titre gratuit.`,
    ),
  ];
}
