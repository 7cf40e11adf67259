import type { LeverFacts } from '../../src/protection/lever.rules.js';
import { type AskedProtection, decideProtection } from '../../src/protection/decision.rules.js';
import { leverOf } from '../../src/protection/levers.rules.js';
import { readRecord } from '../../src/protection/record.rules.js';
import { supplierTrace } from '../../src/protection/supplier-name.rules.js';
import { facts } from './facts.js';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
const WHY = 'Plafonner les lots laisse plusieurs petites pépinières répondre à cet achat.';
const ADVANCE = { lever: 'ADVANCE', record: { rate: '20' } };
const faultsOf = (asked: Partial<AskedProtection>, given: LeverFacts = facts()) =>
  decideProtection(given, { justification: WHY, levers: [ADVANCE], ...asked }).faults.map(
    ({ path, code, detail }) => `/${path.join('/')} ${code}: ${plain(detail)}`,
  );

describe('the flag of a lot', () => {
  test('demands one usable lever and a justification, and keeps them in the order of the catalogue', () => {
    const cap = { lever: 'LOT_CAP', record: { cap: 2, tieRule: ' ordre ', competition: 'cinq offres' } };
    expect(decideProtection(facts(), { justification: ` ${WHY}\n`, levers: [ADVANCE, cap] })).toEqual({
      justification: WHY,
      levers: [
        { lever: 'LOT_CAP', record: { cap: 2, tieRule: 'ordre', competition: 'cinq offres' } },
        { lever: 'ADVANCE', record: { rate: '20' } },
      ],
      faults: [],
    });
  });

  test('tells everything at once', () => {
    expect(
      faultsOf({
        justification: 'Favoriser les entreprises locales, comme la SARL Martin à Laval.',
        levers: [
          { lever: 'DIRECT_PREFERENCE', record: {} },
          { lever: 'ENVIRONMENTAL_CRITERION', record: {} },
          { lever: 'PAYMENT', record: {} },
          { lever: 'SMALL_FIRM_SHARE', record: {} },
          { lever: 'LOT_CAP', record: { cap: '2', colour: 'red' } },
          { lever: 'LOT_CAP', record: {} },
        ],
      }),
    ).toEqual([
      '/justification justificationPlace: La justification emploie « locales » : on ne préfère pas une entreprise pour le lieu où elle se trouve. Dire ce que le besoin exige : taille des lots, délai, fréquence, fraîcheur, concurrence.',
      '/justification justificationSupplier: La justification semble nommer une entreprise (« SARL ») : ce texte est ouvert à tous, l’écrire sans nom ni numéro.',
      '/levers/0/lever leverUnknown: Le catalogue n’a pas de mesure « DIRECT_PREFERENCE ».',
      '/levers/1/lever leverNotChosen: « Critère environnemental » vaut pour tous les lots sans qu’on le choisisse : choisir une autre mesure.',
      '/levers/2/lever leverNotChosen: « Paiement à trente jours » vaut pour tous les lots sans qu’on le choisisse : choisir une autre mesure.',
      '/levers/3/lever leverNotUsable: « Part confiée à des PME ou à des artisans » ne convient pas à ce lot. Cette part n’existe que dans les marchés globaux : ce lot n’en est pas un. Diviser en lots fins sert le même but.',
      '/levers/4/record/cap fieldMalformed: « Nombre de lots au plus » : un nombre entier de 0 à 9999 est attendu.',
      '/levers/4/record/tieRule fieldMissing: « Plafond de lots par candidat » demande « Règle de départage » : Qui obtient quoi quand une entreprise arrive en tête de plus de lots que le plafond. Par exemple : ordre de préférence du candidat.',
      '/levers/4/record/competition fieldMissing: « Plafond de lots par candidat » demande « Concurrence attendue » : Pourquoi assez d’entreprises répondront pour que chaque lot soit attribué.',
      '/levers/4/record/colour fieldUnknown: « Plafond de lots par candidat » n’a pas ce champ. Champs possibles : cap, tieRule, competition.',
      '/levers/5/lever leverTwice: « Plafond de lots par candidat » est choisi deux fois : n’en garder qu’un.',
    ]);
  });

  test('no lever, no words: both are told', () => {
    expect(faultsOf({ justification: '   ', levers: [] })).toEqual([
      '/justification justificationLength: Écrire pourquoi ces mesures servent cet achat, en 20 à 4000 caractères : ce texte est ouvert à qui lit le dossier.',
      '/levers leverMissing: Choisir au moins une mesure du catalogue : le signalement seul ne protège rien.',
    ]);
    expect(faultsOf({ justification: 'x'.repeat(4001) })).toHaveLength(1);
    expect(faultsOf({ justification: 'x'.repeat(4000) })).toEqual([]);
    expect(faultsOf({ justification: 'x'.repeat(20) })).toEqual([]);
    expect(faultsOf({ justification: 'x'.repeat(19) })).toHaveLength(1);
  });
});

test('what was done has no day to come', () => {
  const met = (lastOn: string) => ({
    levers: [{ lever: 'SOURCING', record: { lastOn, firms: 3, information: 'les mêmes pour toutes' } }],
  });
  expect(faultsOf(met('2027-01-15'))).toEqual([]);
  expect(faultsOf(met('2027-01-16'))).toEqual([
    '/levers/0/record/lastOn fieldToCome: « Dernier échange » est après ce jour, 15 janvier 2027 : écrire quand cela a été fait.',
  ]);
});

describe('a supplier is not named', () => {
  test.each([
    ['SIRET 215 300 070 00012', '215 300 070 00012'],
    ['21530007000012', '21530007000012'],
    ['SIREN 215300070', '215300070'],
    ['215 300 070.', '215 300 070'],
    ['la SARL des Prés', 'SARL'],
    ['Dupont S.A.R.L.', 'S.A.R.L.'],
    ['Dupont SAS', 'SAS'],
    ['Dupont SA', 'SA'],
    ['le GAEC du Bois', 'GAEC'],
    ['la SCOP voisine', 'SCOP'],
    ['Établissements Martin', 'Établissements Martin'],
    ['la société Dupont', 'société Dupont'],
    ['Martin & fils', 'Martin & fils'],
    ['Durand et Frères', 'Durand et Frères'],
    ['S\u200bARL', 'SARL'],
  ])('%s', (text, found) => {
    expect(supplierTrace(text)).toBe(found);
  });
  test.each([
    'sa taille est petite',
    'une valeur de 216 000 000 € HT',
    '100000000 euros',
    'téléphone 02 43 49 46 47',
    'le CPV 03451000 et l’article L2113-10',
    'les petites entreprises et les artisans',
    'une société de nettoyage',
    'Laval et Changé',
    '12 345 678,90 €',
  ])('%s: nothing', (text) => {
    expect(supplierTrace(text)).toBeNull();
  });
});

describe('a record', () => {
  const small = leverOf('SMALL_LOTS')!;
  const sound = {
    lotValue: '1234.5',
    smallTotal: '0',
    total: '9999999999.99',
    computedOn: '2027-01-15',
    motive: ' m ',
  };
  test('keeps exact amounts and trims texts', () => {
    expect(readRecord(small, sound)).toEqual({
      record: {
        lotValue: '1234.50',
        smallTotal: '0.00',
        total: '9999999999.99',
        computedOn: '2027-01-15',
        motive: 'm',
      },
      faults: [],
    });
  });
  test.each([1234.5, '1234,50', '1 234.50', '-1', '1.234', '', '99999999999', '1e3', [], {}, true])(
    'refuses %p as an amount',
    (lotValue) => {
      expect(readRecord(small, { ...sound, lotValue }).faults.map(({ key }) => key)).toEqual(['lotValue']);
    },
  );
  test.each(['2027-02-29', '15/01/2027', 20270115])('refuses %p as a day', (computedOn) => {
    expect(readRecord(small, { ...sound, computedOn }).faults.map(({ code }) => code)).toEqual([
      'fieldMalformed',
    ]);
  });
  test.each([
    ['0', '0'],
    ['5.50', '5.5'],
    ['100', '100'],
    ['100.00', '100'],
    ['100.01', undefined],
    ['101', undefined],
    ['5,5', undefined],
    [5, undefined],
  ])('reads %p as a rate: %p', (rate, read) => {
    expect(readRecord(leverOf('ADVANCE')!, { rate }).record['rate']).toBe(read);
  });
  test('lists: known values, each once; an empty one is nothing', () => {
    const kinds = (value: unknown) =>
      readRecord(leverOf('PERFORMANCE')!, { kinds: value, requirement: 'r', proof: 'p' }).faults.map(
        ({ code }) => code,
      );
    expect(kinds(['fraîcheur', 'visite sur site'])).toEqual([]);
    expect(kinds(['fraîcheur', 'fraîcheur'])).toEqual(['fieldMalformed']);
    expect(kinds(['couleur'])).toEqual(['fieldMalformed']);
    expect(kinds([3])).toEqual(['fieldMalformed']);
    expect(kinds([])).toEqual(['fieldMissing']);
    expect(kinds('fraîcheur')).toEqual(['fieldMalformed']);
  });
  test('takes nothing from the prototype', () => {
    expect(
      readRecord(leverOf('ADVANCE')!, JSON.parse('{"rate":"5","constructor":"x"}') as Record<string, unknown>)
        .faults,
    ).toMatchObject([{ key: 'constructor', code: 'fieldUnknown' }]);
  });
});
