import type { Dossier, DossierMember, DossierVersion } from './dossier.js';
import { examplePurchase } from './example-purchase.js';

/** More members and lots than one page shows, so that what is summed up for want of room is there too. */
const MEMBERS = 60;
const LOTS = 15;
const COORDINATOR = { key: '20000000000018', siret: '20000000000018', inseeCode: null, name: 'CA Exemple' };
const two = (number: number): string => String(number).padStart(2, '0');
const range = <T>(length: number, make: (at: number) => T): T[] =>
  Array.from({ length }, (_, at) => make(at));

/** The last one has decided nothing, and part of its lines came late. */
const member = (at: number): DossierMember => ({
  key: `990${two(at + 1)}`,
  siret: `2199900${two(at + 1)}00017`,
  inseeCode: `990${two(at + 1)}`,
  name: `Commune ${at + 1}`,
  population: 1000,
  populationSource: 'exemple',
  resolutionOn: at === MEMBERS - 1 ? null : '2026-05-19',
  resolutionNumber: at === MEMBERS - 1 ? null : `2026-${at + 1}`,
  formSignedOn: '2026-06-01',
  lots: range(LOTS, (lot) => lot + 1),
  validLines: LOTS,
  lateLines: at === MEMBERS - 1 ? 1 : 0,
  draftLines: 0,
});

/** Between two fictitious groups, a value stands at every place that a text may read. */
function example(key: 'fixed-variable' | 'need', longest: boolean): DossierVersion {
  const members = range(MEMBERS, member);
  const share = (net: string, vat: string) => members.map(({ key: memberKey }) => ({ memberKey, net, vat }));
  const lots = range(LOTS, (at) => ({
    number: at + 1,
    title: `Lot exemple ${at + 1}`,
    cpv: '30192000-1',
    cpvLabel: 'Fournitures de bureau',
    family: 'fournitures' as const,
    contractForm: 'bons_de_commande',
    items: [
      {
        code: `EX-${two(at + 1)}`,
        designation: `Article exemple ${at + 1}`,
        unit: 'C62',
        unitLabel: 'unité',
        packaging: 'unité',
        unitPrice: '10',
        vatRate: '20',
        m57Nature: '6064',
      },
    ],
  }));
  const needs = members.flatMap(({ key: memberKey }) =>
    lots.map(({ items: [item] }) => ({
      memberKey,
      itemCode: item!.code,
      minimum: null,
      estimate: '10',
      maximum: null,
    })),
  );
  const content: Dossier = {
    title: 'Consultation exemple',
    coordinator: COORDINATOR,
    years: longest ? 2 : 1,
    renewals: longest ? 3 : 0,
    members,
    notJoining: [{ key: '99099', siret: '21999009900017', inseeCode: '99099', name: 'Commune 99' }],
    lots,
    needs,
    quantities: lots.map(({ items: [item] }) => ({
      itemCode: item!.code,
      minimum: '0',
      estimate: String(10 * MEMBERS),
      maximum: String(10 * MEMBERS),
    })),
    amounts: members.flatMap(({ key: memberKey }) =>
      lots.map(({ number: lot }) => ({ memberKey, lot, vatRate: '20', net: '100.00', vat: '20.00' })),
    ),
    sharing: {
      key,
      fixedShare: key === 'fixed-variable' ? '0.3' : null,
      costs: [
        {
          label: 'Publicité',
          net: '600.00',
          vatRate: '20',
          vat: '120.00',
          lots: [],
          shares: share('10.00', '2.00'),
        },
      ],
      shares: share('10.00', '2.00'),
    },
    purchase: examplePurchase(
      lots.map(({ number }) => number),
      members,
      longest,
    ),
  };
  return { number: 1, takenOn: '2026-11-23', sha256: '0'.repeat(64), content };
}

export const EXAMPLE_DOSSIERS: readonly DossierVersion[] = [
  example('fixed-variable', true),
  example('need', false),
];
