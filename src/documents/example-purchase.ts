import { shipped } from '../law/law-on.js';
import { FIGURE_CODES } from '../law/figures.js';
import { valueText } from '../lawbook/figure-value.rules.js';
import type { DossierMember } from './dossier.js';
import { PARTICULARS } from './particulars.rules.js';
import type { Purchase, PurchaseLot, PurchaseTerms } from './purchase.js';

/** Between the two, a value stands at every place: `full` has all that may be said, the other the least. */
export function examplePurchase(
  lots: readonly number[],
  members: readonly DossierMember[],
  full: boolean,
): Purchase {
  const when = <T>(value: T): T | null => (full ? value : null);
  return {
    object: when('Achat exemple'),
    families: ['Famille exemple'],
    plannedLaunchOn: '2027-01-11',
    launchedOn: when('2027-01-12'),
    durationMotive: when('Amortissement du matériel.'),
    noSplitGround: when('technical'),
    noSplitMotive: when('Un seul réseau.'),
    group: {
      title: 'Groupement exemple',
      kind: full ? 'permanent' : 'one_off',
      object: when('Achats exemples'),
      startsOn: when('2026-06-01'),
      endsOn: when('2030-06-01'),
      coordinatorKind: full ? 'epci' : 'commune',
      missions: full
        ? (['passation', 'signature', 'notification', 'execution', 'paiement'] as const).map((mission) => ({
            mission,
            holders: ['CA Exemple'],
          }))
        : [{ mission: 'passation', holders: ['CA Exemple'] }],
      committee: { kind: full ? 'elected' : 'coordinator', castingVote: full },
      agreements: (full ? [1, 2] : [1]).map((number) => ({
        number,
        label: number === 1 ? 'Convention constitutive' : 'Avenant n° 1',
        summary: number === 1 ? '' : 'Un membre de plus.',
        adoptedOn: '2026-04-15',
        signedBy: [{ name: 'Commune 1', on: '2026-06-30' }],
      })),
      withdrawn: full
        ? [{ key: '99098', name: 'Commune 98', siret: '21999009800017', reason: 'Motif', on: '2026-09-01' }]
        : [],
    },
    procedure: {
      followed: full ? 'restricted' : 'adapted',
      required: full ? 'formal' : 'adapted',
      ground: when('R2124-3'),
      mainObject: 'supplies_services',
      electronic: true,
      urgency: when('Urgence exemple'),
      preinformationOn: when('2026-11-02'),
      candidaciesLimit: when('2027-02-15T12:00'),
      offersLimit: when('2027-03-15T12:00'),
      letters: when('electronic'),
      estimatedNet: '540000.00',
      estimateComplete: full,
      options: full ? '1000.00' : '0.00',
      premiums: full ? '500.00' : '0.00',
      restOfOperation: full ? '100.00' : '0.00',
    },
    maxLotsBid: when(5),
    maxLotsAwarded: when(3),
    tieRule: when('Ordre de préférence du candidat.'),
    lots: lots.map((number) => exampleLot(number, members, full)),
    law: Object.fromEntries(
      FIGURE_CODES.flatMap((code) =>
        shipped(code)
          .slice(-1)
          .map(({ value, unit, article }) => [code, { value: valueText(unit, value), unit, article }]),
      ),
    ),
    particulars: {
      consultation: full ? written('consultation') : {},
      lots: full ? Object.fromEntries(lots.map((number) => [String(number), written('lot')])) : {},
      members: full ? Object.fromEntries(members.map(({ key }) => [key, written('member')])) : {},
    },
  };
}

const written = (of: 'consultation' | 'lot' | 'member') =>
  Object.fromEntries(
    PARTICULARS.filter((particular) => particular.of === of).map(({ code, example }) => [code, example]),
  );

const SHARINGS = ['cascade', 'rotation', 'percentages', 'price_per_order'] as const;

function exampleLot(number: number, members: readonly DossierMember[], full: boolean): PurchaseLot {
  return {
    number,
    estimatedNet: full ? '36000.00' : null,
    small: full ? 'adapted' : null,
    terms: full ? fullTerms(number) : NO_TERMS,
    limits: full
      ? members.slice(0, 3).map(({ key }) => ({ memberKey: key, minimum: '100.00', maximum: '5000.00' }))
      : [],
    criteria: full
      ? [
          { label: 'Prix', weight: '60', environmental: false, method: 'Prix le plus bas / prix × 60' },
          { label: 'Environnement', weight: '40', environmental: true, method: null },
        ]
      : [],
    sites: full
      ? [
          {
            memberKey: members[0]!.key,
            owner: members[0]!.name,
            label: 'Atelier',
            address: '1 rue Exemple',
            hours: '8 h – 12 h',
          },
          { memberKey: null, owner: 'Pôle Exemple', label: 'Dépôt', address: '2 rue Exemple', hours: null },
        ]
      : [],
    clauses: full
      ? [
          {
            measure: 'Lot réservé',
            articles: ['CCP L2113-12'],
            texts: [{ label: 'Mention', text: 'Lot réservé (article L2113-12).' }],
          },
        ]
      : [],
  };
}

const NO_TERMS: PurchaseTerms = {
  ...{ maximum: null, minimum: null, holders: 'single', holderCount: null, orderSharing: null },
  ...{ cascadeDelayHours: null, orderShares: [], orderSharingNote: null, variants: null, vatBasis: 'net' },
  ...{ advanceRate: null, advanceRateSme: null, advanceBasis: null, retentionRate: null },
  ...{ retentionRateSme: null, penalties: null, priceKind: null, priceFormula: null },
  ...{ environmentalClause: null, socialClause: null, socialExemptionGround: null, socialExemption: null },
};

const fullTerms = (number: number): PurchaseTerms => ({
  maximum: '60000.00',
  minimum: '1000.00',
  holders: number % 2 === 0 ? 'single' : 'several',
  holderCount: number % 2 === 0 ? null : 3,
  orderSharing: number % 2 === 0 ? null : SHARINGS[number % SHARINGS.length]!,
  cascadeDelayHours: 48,
  orderShares: ['60', '30', '10'],
  orderSharingNote: 'Précision exemple.',
  variants: (['forbidden', 'allowed', 'required'] as const)[number % 3]!,
  vatBasis: number % 2 === 0 ? 'net' : 'gross',
  advanceRate: '10',
  advanceRateSme: '20',
  advanceBasis: (['contract', 'minimum', 'per_order'] as const)[number % 3]!,
  retentionRate: '5',
  retentionRateSme: '3',
  penalties: 'Cinquante euros par jour.',
  priceKind: (['fixed', 'revisable', 'adjustable'] as const)[number % 3]!,
  priceFormula: 'P = P0 × I / I0',
  environmentalClause: 'Emballages repris.',
  socialClause: number % 2 === 0 ? 'Heures d’insertion.' : null,
  socialExemptionGround: number % 2 === 0 ? null : 'no_link',
  socialExemption: number % 2 === 0 ? null : 'Sans lien avec l’objet.',
});
