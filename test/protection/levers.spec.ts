import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { fileURLToPath } from 'node:url';
import { isFigureCode } from '../../src/law/figures.js';
import type { LeverFacts, LeverRecord } from '../../src/protection/lever.rules.js';
import { leversPage } from '../../src/protection/levers-page.rules.js';
import { asksForAPlace } from '../../src/protection/levers-requirements.rules.js';
import { yearsAfter } from '../../src/protection/levers-reserved.rules.js';
import { judgeAlone, judgeChosen, leverOf, LEVERS } from '../../src/protection/levers.rules.js';
import { facts, suppliers, TERMS } from './facts.js';

/** The verdict of one rule of a chosen lever, with its sentence in ordinary spaces. */
function said(code: string, given: LeverFacts, record: LeverRecord, rule: string): string {
  const found = judgeChosen({ ...given, chosen: [...given.chosen, code] }, [{ lever: code, record }])
    .flatMap(({ checks }) => checks)
    .filter((check) => check.rule === rule);
  return found.map(({ verdict, sentence }) => `${verdict}: ${plain(sentence)}`).join(' | ');
}
function alone(given: LeverFacts, rule: string): string {
  const found = judgeAlone(given).filter((check) => check.rule === rule);
  return found.map(({ verdict, sentence }) => `${verdict}: ${plain(sentence)}`).join(' | ');
}
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
const whyNot = (code: string, given: LeverFacts): string | null => {
  const why = leverOf(code)!.whyNot(given);
  return why && plain(why);
};

describe('the catalogue', () => {
  test('holds every row of the table, each with its article, words and fields told once', () => {
    expect(LEVERS.map(({ code }) => code)).toEqual([
      ...['SPLIT_LOTS', 'LOT_CAP', 'RESERVED_DISABILITY', 'RESERVED_INSERTION'],
      ...['RESERVED_DISABILITY_INSERTION', 'RESERVED_PRISON_WORK', 'RESERVED_SOCIAL_ECONOMY', 'SMALL_LOTS'],
      ...['KEPT_OUTSIDE', 'NON_EXCLUSIVITY', 'DIRECT_SUPPLY', 'PERFORMANCE', 'SOCIAL_CLAUSE'],
      ...['ENVIRONMENTAL_CRITERION', 'ENVIRONMENTAL_CLAUSE', 'SUSTAINABLE_SPECIFICATION', 'UNION_PRODUCTION'],
      ...['ADVANCE', 'RETENTION', 'SMALL_FIRM_SHARE', 'INNOVATION', 'SOURCING', 'PAYMENT', 'SPASER'],
    ]);
    for (const lever of LEVERS) {
      expect(lever.articles.length).toBeGreaterThan(0);
      expect(lever.fields.length > 0).toBe(lever.nature === 'lever');
      expect(new Set(lever.fields.map(({ key }) => key)).size).toBe(lever.fields.length);
      for (const words of [lever.plain, lever.when, lever.watches, ...lever.fields.map(({ help }) => help)])
        expect(words).toMatch(/^[A-ZÀÉÊ«].*[.»]$/u);
      for (const { kind, choices } of lever.fields)
        if (kind === 'choice') expect(choices!.length).toBeGreaterThan(1);
      for (const code of lever.rules) expect(isFigureCode(code)).toBe(true);
    }
  });

  test('is written in French typography', () => {
    const texts = LEVERS.flatMap((lever) => [
      ...[lever.label, lever.plain, lever.when, lever.watches, ...lever.unverified],
      ...lever.fields.flatMap(({ label, help }) => [label, help]),
    ]);
    for (const text of texts) expect(text).not.toMatch(/'| [;:?!»€%]|« |~/);
  });

  test('is the page that elected people read', async () => {
    const path = fileURLToPath(new URL('../../docs/levers.md', import.meta.url));
    const options = { ...(await resolveConfig(path)), parser: 'markdown' };
    expect(readFileSync(path, 'utf8')).toBe(await format(leversPage(), options));
  });

  test('what a lot no longer suits is blocked, with the reason', () => {
    const food = { labels: ['VE-001'], sustainable: '50', organic: '20' };
    expect(said('DIRECT_SUPPLY', facts({}, { cpvCode: '34350000' }), food, 'DIRECT_SUPPLY_UNUSABLE')).toBe(
      'block: Cette mesure ne convient plus à ce lot. Ce lot n’est pas alimentaire : cette mesure ne porte que sur des produits de l’agriculture et de la pêche.',
    );
  });

  test('names of firms and places are told in what was written down', () => {
    const requirement = 'livraison par un producteur du département, SARL Martin';
    const record = { kinds: ['fraîcheur'], requirement, proof: 'la SAS Durand suffit' };
    expect(said('PERFORMANCE', facts(), record, 'PLACE_WORDING')).toMatch(/^warn: .*département/);
    expect(said('PERFORMANCE', facts(), record, 'LEVER_SUPPLIER_NAME')).toBe(
      'warn: « Exigence écrite » semble nommer une entreprise (« SARL ») : ce texte est ouvert à tous, l’écrire sans nom. | ' +
        'warn: « Preuve du besoin » semble nommer une entreprise (« SAS ») : ce texte est ouvert à tous, l’écrire sans nom.',
    );
  });

  test('a reason that prefers firms for where they are is told, though no document prints it', () => {
    const record = { cap: 2, tieRule: 'Ordre de préférence du candidat.' };
    const wording = (competition: string) =>
      said('LOT_CAP', facts(), { ...record, competition }, 'PLACE_WORDING');
    expect(wording('Plafond posé pour favoriser les entreprises locales.')).toMatch(
      /^warn: « Concurrence attendue » \(Plafond de lots par candidat\) emploie « locales » : vérifier que rien n’y préfère un candidat/,
    );
    expect(wording('Cinq entreprises ont répondu à la dernière consultation.')).toBe('');
    // Nothing is asked there of a product: its maker or origin may be told as a fact.
    expect(wording('Stihl et Husqvarna ont chacun plusieurs revendeurs.')).toBe('');
  });
});

describe('lots', () => {
  test('fine lots: two lots at least, and more than one firm', () => {
    expect(whyNot('SPLIT_LOTS', facts({}, {}, []))).toMatch(/^La consultation n’a qu’un lot : la diviser/);
    expect(whyNot('SPLIT_LOTS', facts())).toBeNull();
    const of = (count: number | null, record = {}) =>
      said(
        'SPLIT_LOTS',
        facts({ suppliers: count === null ? null : suppliers(count) }),
        record,
        'SPLIT_LOTS_CAPACITY',
      );
    expect(of(null)).toMatch(/^warn: Le nombre d’entreprises qui pourraient répondre n’est pas encore connu/);
    expect(of(0)).toMatch(/^warn: Aucune entreprise connue .*trop petit/);
    expect(of(1)).toMatch(
      /^block: Une seule entreprise connue pourrait répondre : un lot ne se trace pas pour elle/,
    );
    expect(of(1, { oneSupplierMotive: 'licence unique' })).toMatch(/^warn: .*le motif est écrit/);
    expect(of(2)).toMatch(/^ok: Plusieurs/);
  });

  test('cap: two comparable lots, and the tie rule in the rules of the consultation', () => {
    expect(whyNot('LOT_CAP', facts({}, {}, [{ id: 'one', cpvCode: '34927100' }]))).toMatch(
      /^Aucun autre lot n’est comparable/,
    );
    expect(whyNot('LOT_CAP', facts({}, {}, [{ id: 'five', family: 'services' }]))).toMatch(
      /^Aucun autre lot/,
    );
    expect(whyNot('LOT_CAP', facts())).toBeNull();
    const caps = (maxLotsAwarded: number | null, tieRule: string | null) => ({
      maxLotsBid: null,
      maxLotsAwarded,
      tieRule,
    });
    const of = (given: LeverFacts['caps'], cap = 2) =>
      said('LOT_CAP', facts({ caps: given }), { cap }, 'LOT_CAP_TIE_RULE');
    expect(of(null)).toMatch(/^warn: Les conditions de la consultation ne disent encore ni plafond/);
    expect(of(caps(2, null))).toMatch(
      /^block: Le règlement de la consultation ne dit pas la règle de départage/,
    );
    expect(of(caps(2, ' '))).toMatch(/^block/);
    expect(of(caps(3, 'préférence'))).toMatch(/^block: Le plafond écrit ici n’est pas celui/);
    expect(of(caps(2, 'préférence'))).toMatch(/^ok/);
    expect(said('LOT_CAP', facts(), { cap: 3 }, 'LOT_CAP_SIZE')).toMatch(/^warn: .*il ne limite rien/);
    expect(said('LOT_CAP', facts(), { cap: 2 }, 'LOT_CAP_SIZE')).toBe('');
  });
});

describe('small lots', () => {
  const lotsWorth = (own: bigint, others: bigint[], over = {}, day = '2027-01-15') =>
    facts(
      { day },
      { value: own, ...over },
      others.map((value, i) => ({ id: `lot ${i}`, number: 10 + i, value, ...over })),
    );

  test('usable below the threshold of its nature', () => {
    expect(whyNot('SMALL_LOTS', facts({}, {}, []))).toMatch(/^La consultation n’a qu’un lot/);
    expect(whyNot('SMALL_LOTS', lotsWorth(80_000_00n, [1n]))).toBe(
      'Ce lot vaut 80 000,00 € : un petit lot reste au-dessous de 80 000,00 € HT.',
    );
    expect(whyNot('SMALL_LOTS', lotsWorth(79_999_99n, [1n]))).toBeNull();
    expect(whyNot('SMALL_LOTS', lotsWorth(999_999_99n, [1n], { family: 'travaux' }))).toBeNull();
    expect(whyNot('SMALL_LOTS', lotsWorth(1_000_000_00n, [1n], { family: 'travaux' }))).not.toBeNull();
    expect(whyNot('SMALL_LOTS', facts())).toBeNull();
  });

  test('the 20 % envelope, to the cent, from the lots once all have a value', () => {
    const of = (own: bigint, other: bigint) =>
      said('SMALL_LOTS', lotsWorth(own, [other]), {}, 'SMALL_LOTS_ENVELOPE');
    expect(of(60_000_00n, 240_000_00n)).toMatch(/^ok: Les petits lots tiennent/);
    expect(of(60_000_01n, 240_000_00n)).toMatch(/^block: Les petits lots dépassent la part permise/);
    const three = facts({}, { value: 40_000_00n }, [
      { id: 'a', value: 40_000_00n, small: true },
      { id: 'b', value: 300_000_00n },
    ]);
    expect(said('SMALL_LOTS', three, {}, 'SMALL_LOTS_ENVELOPE')).toMatch(/^block/);
  });

  test('else from what was written down; a stale computation is told', () => {
    const record = { lotValue: '10000.00', smallTotal: '20000.00', total: '100000.00' };
    expect(said('SMALL_LOTS', facts(), record, 'SMALL_LOTS_ENVELOPE')).toMatch(/^ok/);
    expect(said('SMALL_LOTS', facts(), { ...record, smallTotal: '20000.01' }, 'SMALL_LOTS_ENVELOPE')).toMatch(
      /^block/,
    );
    expect(said('SMALL_LOTS', facts(), {}, 'SMALL_LOTS_ENVELOPE')).toMatch(
      /^warn: L’enveloppe des petits lots n’est pas calculée/,
    );
    expect(said('SMALL_LOTS', lotsWorth(10_000_00n, [90_000_00n]), record, 'SMALL_LOTS_SNAPSHOT')).toMatch(
      /^block: Le calcul gardé au dossier n’est plus/,
    );
    const exact = { ...record, smallTotal: '10000.00' };
    expect(said('SMALL_LOTS', lotsWorth(10_000_00n, [90_000_00n]), exact, 'SMALL_LOTS_SNAPSHOT')).toBe('');
  });

  test('figures that the lots deny, and a computation of a day to come, block', () => {
    const record = { lotValue: '10.00', smallTotal: '10.00', total: '1000000.00', computedOn: '2027-01-16' };
    const known = lotsWorth(20_000_00n, [90_000_00n]);
    const partly = facts({}, { value: 20_000_00n }, [{ id: 'b', value: null }]);
    for (const given of [known, partly]) {
      expect(said('SMALL_LOTS', given, record, 'SMALL_LOTS_TERMS')).toBe(
        'block: La valeur écrite ici n’est pas celle des conditions du lot : accorder les deux.',
      );
      expect(said('SMALL_LOTS', given, record, 'SMALL_LOTS_SNAPSHOT')).toMatch(/^block: Le calcul gardé/);
      expect(said('SMALL_LOTS', given, record, 'SMALL_LOTS_DATE')).toBe(
        'block: Le calcul porte une date à venir : écrire le jour où il a été fait.',
      );
    }
    const sound = { lotValue: '20000.00', smallTotal: '20000.00', total: '110000.00' };
    for (const rule of ['SMALL_LOTS_TERMS', 'SMALL_LOTS_SNAPSHOT', 'SMALL_LOTS_DATE'])
      for (const given of [known, partly])
        expect(said('SMALL_LOTS', given, { ...sound, computedOn: '2027-01-15' }, rule)).toBe('');
    // Nothing said by the lots: what was written holds together at least.
    const less = { ...sound, smallTotal: '19999.99' };
    expect(said('SMALL_LOTS', facts(), less, 'SMALL_LOTS_SNAPSHOT')).toMatch(/^block/);
  });

  test('what it gives changes on 1 April 2026, and 2028 is not published', () => {
    const of = (day: string, value = 45_000_00n, other = 900_000_00n) =>
      said('SMALL_LOTS', lotsWorth(value, [other], {}, day), {}, 'SMALL_LOTS_VALUE');
    expect(of('2026-03-31')).toBe('ok: Ce petit lot peut suivre une procédure adaptée.');
    expect(of('2026-04-01')).toBe(
      'ok: Ce petit lot peut se passer sans publicité ni mise en concurrence préalables.',
    );
    expect(of('2027-12-31', 70_000_00n)).toMatch(/^ok/);
    expect(of('2028-01-01', 70_000_00n)).toMatch(
      /^warn: Le seuil européen de ce jour n’est pas encore publié/,
    );
    expect(of('2027-01-15', 70_000_00n, 145_999_99n)).toMatch(
      /^warn: La consultation reste sous le seuil européen/,
    );
    expect(of('2027-01-15', 70_000_00n, 146_000_00n)).toMatch(/^ok: Ce petit lot peut suivre/);
    expect(said('SMALL_LOTS', facts(), {}, 'SMALL_LOTS_VALUE')).toMatch(
      /^warn: La valeur du lot n’est pas connue/,
    );
    expect(said('SMALL_LOTS', facts(), { lotValue: '80000.00' }, 'SMALL_LOTS_VALUE')).toMatch(
      /^block: Ce lot n’est pas un petit lot/,
    );
  });
});

describe('reserved lots', () => {
  const CASES = [
    ['RESERVED_DISABILITY', 'L. 2113-12', { adapted: 1 }],
    ['RESERVED_INSERTION', 'L2113-13', { siae: 2 }],
    ['RESERVED_DISABILITY_INSERTION', 'L2113-12 et L.2113-13', { adapted: 1, siae: 1 }],
    ['RESERVED_PRISON_WORK', 'L. 2113‑13‑1', { prisonWork: 1 }],
  ] as const;

  test.each(CASES)(
    '%s: half of the staff, a mention with its article, structures known',
    (code, article, status) => {
      expect(whyNot(code, facts())).toBeNull();
      expect(said(code, facts(), {}, `${code}_STAFF`)).toMatch(/^ok/);
      expect(said(code, facts(), {}, `${code}_INCOMPLETE`)).toMatch(
        /^block: Il manque « Mention dans l’avis/,
      );
      expect(said(code, facts(), { mention: 'Lot réservé.' }, `${code}_MENTION`)).toMatch(
        /^block: La mention de l’avis ne cite pas l’article/,
      );
      expect(said(code, facts(), { mention: `Réservé (${article})` }, `${code}_MENTION`)).toBe('');
      const of = (given: LeverFacts['suppliers']) =>
        said(code, facts({ suppliers: given }), {}, `${code}_STRUCTURES`);
      expect(of(null)).toMatch(/^warn: Le nombre de structures/);
      expect(of(suppliers(4, { sme: 4 }))).toMatch(/^warn: Aucune structure connue/);
      expect(of(suppliers(4, status))).toMatch(/^ok/);
    },
  );

  test('an insertion article is not the prison one', () => {
    const mention = { mention: 'Réservé (L. 2113-13-1)' };
    expect(said('RESERVED_INSERTION', facts(), mention, 'RESERVED_INSERTION_MENTION')).toMatch(/^block/);
  });

  test.each([
    ['RESERVED_DISABILITY', 'RESERVED_INSERTION', ''],
    ['RESERVED_PRISON_WORK', 'RESERVED_INSERTION', 'block'],
    ['RESERVED_DISABILITY', 'RESERVED_PRISON_WORK', 'block'],
    ['RESERVED_DISABILITY_INSERTION', 'RESERVED_PRISON_WORK', 'block'],
    ['RESERVED_DISABILITY', 'RESERVED_SOCIAL_ECONOMY', 'block'],
    ['RESERVED_DISABILITY', 'ADVANCE', ''],
  ])('%s with %s: %s', (code, other, verdict) => {
    expect(said(code, facts({ chosen: [other] }), {}, 'RESERVED_MIX').split(':')[0]).toBe(verdict);
  });

  const social = { cpvCode: '85312000', family: 'services' } as const;
  test('social economy: listed services only', () => {
    const of = (cpvCode: string, family: 'services' | 'fournitures' = 'services') =>
      whyNot('RESERVED_SOCIAL_ECONOMY', facts({}, { cpvCode, family }));
    for (const listed of ['85000000', '85323000', '92511000', '80110000', '98133110'])
      expect(of(listed)).toBeNull();
    for (const other of ['77310000', '85324000', '92400000', '80000000', '98134000'])
      expect(of(other)).toMatch(/^Cette réservation ne vaut que pour les services/);
    expect(of('85000000', 'fournitures')).not.toBeNull();
  });

  test('social economy: three years at most, article in the notice, nobody twice within three years', () => {
    const of = (years: number) =>
      said('RESERVED_SOCIAL_ECONOMY', facts({ years }, social), {}, 'RESERVED_SOCIAL_ECONOMY_DURATION');
    expect(of(3)).toMatch(/^ok/);
    expect(of(4)).toMatch(/^block: La consultation dure plus que ce lot réservé ne le peut/);
    const record = { mention: 'réservé', exclusion: 'écarté' };
    expect(
      said('RESERVED_SOCIAL_ECONOMY', facts({}, social), record, 'RESERVED_SOCIAL_ECONOMY_MENTION'),
    ).toMatch(/L2113-15/);
    expect(
      said('RESERVED_SOCIAL_ECONOMY', facts({}, social), {}, 'RESERVED_SOCIAL_ECONOMY_INCOMPLETE'),
    ).toMatch(/Clause sur les attributions récentes/);
    const again = (lastAwardOn: string, day: string) =>
      said(
        'RESERVED_SOCIAL_ECONOMY',
        facts({ day }, social),
        { lastAwardOn },
        'RESERVED_SOCIAL_ECONOMY_AGAIN',
      );
    expect(again('2024-02-29', '2027-02-27')).toBe(
      'warn: L’entreprise attributaire du 29 février 2024 ne peut pas l’être de nouveau avant le 28 février 2027 : l’écarter à l’analyse des candidatures.',
    );
    expect(again('2024-02-29', '2027-02-28')).toBe('');
    expect(yearsAfter('2024-01-15', 3)).toBe('2027-01-15');
  });
});

describe('needs', () => {
  test('kept outside: before the launch, not from an exclusive contract, splitting told', () => {
    expect(whyNot('KEPT_OUTSIDE', facts({ launched: true }))).toMatch(/^La consultation est lancée/);
    expect(whyNot('KEPT_OUTSIDE', facts())).toBeNull();
    const exclusive = (over = {}, own = {}) =>
      said('KEPT_OUTSIDE', facts(over, own), { excluded: ['VE-001', 'école'] }, 'KEPT_OUTSIDE_EXCLUSIVE');
    expect(exclusive()).toMatch(/^block: Ces articles sont au bordereau d’un accord-cadre exclusif/);
    expect(exclusive({ chosen: ['NON_EXCLUSIVITY'] })).toMatch(/^ok/);
    expect(exclusive({}, { contractForm: 'ordinaire' })).toBe('');
    expect(said('KEPT_OUTSIDE', facts(), { excluded: ['école'] }, 'KEPT_OUTSIDE_EXCLUSIVE')).toBe('');
    const splitting = (residue: string, throughGroup: string, day = '2027-01-15') =>
      said('KEPT_OUTSIDE', facts({ day }), { residue, throughGroup }, 'KEPT_OUTSIDE_SPLITTING').split(':')[0];
    expect(splitting('10000.00', '49999.99')).toBe('ok');
    expect(splitting('10000.00', '50000.00')).toBe('warn');
    expect(splitting('60000.00', '50000.00')).toBe('ok');
    expect(splitting('10000.00', '30000.00', '2026-03-31')).toBe('warn');
    expect(splitting('10000.00', '30000.00', '2026-04-01')).toBe('ok');
    expect(said('KEPT_OUTSIDE', facts(), {}, 'KEPT_OUTSIDE_SPLITTING')).toMatch(
      /^warn: Un besoin ne se fractionne pas/,
    );
  });

  test('non-exclusivity: framework agreements, with a ceiling and a clause', () => {
    expect(whyNot('NON_EXCLUSIVITY', facts({}, { contractForm: 'ordinaire' }))).toMatch(
      /^Ce lot est un marché ordinaire/,
    );
    expect(whyNot('NON_EXCLUSIVITY', facts())).toBeNull();
    expect(said('NON_EXCLUSIVITY', facts(), {}, 'NON_EXCLUSIVITY_CEILING')).toMatch(
      /^block: La clause n’a aucun plafond/,
    );
    expect(said('NON_EXCLUSIVITY', facts(), { perOrder: '150.00' }, 'NON_EXCLUSIVITY_CEILING')).toMatch(
      /^ok/,
    );
    expect(said('NON_EXCLUSIVITY', facts(), { perYear: '900.00' }, 'NON_EXCLUSIVITY_CEILING')).toMatch(/^ok/);
    expect(said('NON_EXCLUSIVITY', facts(), {}, 'NON_EXCLUSIVITY_INCOMPLETE')).toMatch(
      /^block: Il manque « Clause du CCAP »/,
    );
    expect(said('NON_EXCLUSIVITY', facts(), { clause: 'art. 4' }, 'NON_EXCLUSIVITY_PRICES')).toMatch(
      /^warn: .*renchérir/,
    );
  });

  test('direct supply: food only; 50, 20, 60 %, each from its day', () => {
    for (const cpvCode of ['03451000', '15500000', '55523000', '55300000'])
      expect(whyNot('DIRECT_SUPPLY', facts({}, { cpvCode }))).toBeNull();
    expect(whyNot('DIRECT_SUPPLY', facts({}, { cpvCode: '55100000' }))).toMatch(
      /^Ce lot n’est pas alimentaire/,
    );
    const of = (rule: string, record: LeverRecord, day = '2027-01-15') =>
      said('DIRECT_SUPPLY', facts({ day }), record, rule).split(':')[0];
    expect(of('SUSTAINABLE_FOOD_SHARE', { sustainable: '49.99' })).toBe('warn');
    expect(of('SUSTAINABLE_FOOD_SHARE', { sustainable: '50' })).toBe('ok');
    expect(of('SUSTAINABLE_FOOD_SHARE', { sustainable: '10' }, '2021-12-31')).toBe('');
    expect(of('ORGANIC_FOOD_SHARE', { organic: '19' }, '2022-01-01')).toBe('warn');
    expect(of('ORGANIC_FOOD_SHARE', { organic: '20' })).toBe('ok');
    expect(of('SUSTAINABLE_MEAT_FISH_SHARE', { meatFish: '59' }, '2023-12-31')).toBe('');
    expect(of('SUSTAINABLE_MEAT_FISH_SHARE', { meatFish: '59' }, '2024-01-01')).toBe('warn');
    expect(of('SUSTAINABLE_MEAT_FISH_SHARE', { meatFish: '60' })).toBe('ok');
    expect(of('SUSTAINABLE_MEAT_FISH_SHARE', {})).toBe('');
  });

  test.each([
    ['Agence à moins de 20 km', true],
    ['agence à moins de 20 km de la mairie', true],
    ['atelier situé dans un rayon de 15 kilomètres', true],
    ['Le titulaire est implanté dans l’agglomération.', true],
    ['entreprise locale', true],
    ['siège établi à Laval', true],
    ['Implantation locale', true],
    ['implantation dans le département', true],
    ['implantation à Changé', true],
    ['présence sur site aux heures d’ouverture', false],
    ['Local à moins de 15 minutes de route', true],
    ['agence à moins d’une demi-heure du chantier', true],
    ['à 20 min en voiture de l’école', true],
    ['temps de trajet inférieur à un quart d’heure', true],
    ['intervention en 2 heures', false],
    ['sur site en moins de 30 minutes', false],
    ['dépannage des locaux en moins de 30 minutes', false],
    ['livraison dans les locaux à 8 heures', false],
    ['intervention ≤ 2 h', false],
    ['intervention en 2 heures au plus, tous les jours', false],
    ['livraison chaque matin avant 7 h à l’école', false],
    ['visite sur site avant chaque chantier', false],
    ['pain cuit le jour même', false],
    ['nettoyage des locaux sous 24 h', false],
  ])('performance: « %s » asks for a place: %s', (requirement, asks) => {
    expect(asksForAPlace(requirement)).toBe(asks);
    expect(said('PERFORMANCE', facts(), { requirement }, 'PERFORMANCE_PLACE')).toMatch(
      asks
        ? /^block: Cette exigence impose un lieu ou une distance/
        : /^ok: L’exigence porte sur un résultat/,
    );
  });

  test('sourcing: before the launch, more than one firm', () => {
    expect(whyNot('SOURCING', facts({ launched: true }))).toMatch(
      /^La consultation est lancée : le sourçage/,
    );
    expect(whyNot('SOURCING', facts())).toBeNull();
    const of = (firms: number) => said('SOURCING', facts(), { firms }, 'SOURCING_FIRMS').split(':')[0];
    expect([of(0), of(1), of(2)]).toEqual(['warn', 'warn', 'ok']);
    expect(said('SOURCING', facts(), { lastOn: '2027-01-16' }, 'SOURCING_DATE')).toMatch(
      /^warn: Le dernier échange est postérieur/,
    );
    expect(said('SOURCING', facts(), { lastOn: '2027-01-15' }, 'SOURCING_DATE')).toBe('');
  });
});

describe('clauses and duties, from their day', () => {
  /** The lots tell no value: only the estimate does. */
  const two = (net: bigint, over: Parameters<typeof facts>[0] = {}, more: object = {}) =>
    facts({ estimate: { net, complete: true, works: false, ...more }, ...over });

  test('social clause: compulsory above the threshold since 22 August 2026, unless exempted', () => {
    const of = (given: LeverFacts) => alone(given, 'SOCIAL_CLAUSE');
    expect(of(two(216_000_00n))).toMatch(/^block: Il manque une clause sociale/);
    expect(of(two(216_000_01n))).toMatch(/^block/);
    expect(of(two(215_999_99n))).toMatch(/^ok: Sous le seuil européen, la clause sociale est libre/);
    expect(of(two(216_000_00n, {}, { complete: false }))).toMatch(/^block/);
    expect(of(two(215_999_99n, {}, { complete: false }))).toMatch(/^warn: Ni clause sociale/);
    expect(of(two(5_403_999_99n, {}, { works: true }))).toMatch(/^ok/);
    expect(of(two(5_404_000_00n, {}, { works: true }))).toMatch(/^block/);
    expect(of(two(216_000_00n, { day: '2026-08-21' }))).toBe(
      'ok: Cette obligation ne vaut que pour les consultations lancées à partir du 22 août 2026.',
    );
    expect(of(two(216_000_00n, { day: '2026-08-22' }))).toMatch(/^block/);
    expect(of(facts())).toMatch(/^not_applicable_yet: Ni clause sociale ni motif d’exception/);
    expect(of(two(216_000_00n, { day: '2028-01-01' }))).toMatch(/^block: Le seuil européen n’est pas connu/);
    expect(of(two(300_000_00n, { terms: { ...TERMS, socialClause: '5 % d’insertion' } }))).toMatch(
      /^ok: Une clause sociale est écrite/,
    );
    expect(of(two(300_000_00n, { terms: { ...TERMS, socialExemption: 'motif' } }))).toMatch(
      /^ok: L’exception/,
    );
    const chosen = (record: LeverRecord) =>
      said('SOCIAL_CLAUSE', two(300_000_00n), record, 'SOCIAL_CLAUSE').split(':')[0];
    expect(chosen({ clause: 'art. 9' })).toBe('ok');
    expect(chosen({ exemption: 'travaux de moins de six mois' })).toBe('block');
    expect(chosen({ exemption: 'travaux de moins de six mois', motive: 'quatre mois' })).toBe('ok');
    expect(alone(facts({ chosen: ['SOCIAL_CLAUSE'] }), 'SOCIAL_CLAUSE')).toBe('');
    expect(whyNot('SOCIAL_CLAUSE', facts())).toBeNull();
  });

  test('environmental criterion since 21 August 2026: no grid without it, price alone least of all', () => {
    const of = (criteria: LeverFacts['criteria'], day = '2027-01-15') =>
      alone(facts({ criteria, day }), 'ENVIRONMENTAL_CRITERION');
    const price = { label: 'Prix', environmental: false };
    const green = { label: 'Emballages repris', environmental: true };
    expect(of(null)).toMatch(/^warn: Les critères du lot ne sont pas encore écrits/);
    expect(of([price])).toMatch(/^block: Le critère unique de ce lot ignore l’environnement/);
    expect(of([price, { ...price, label: 'Délai' }])).toMatch(/^block: Aucun critère/);
    expect(of([])).toMatch(/^block: Aucun critère/);
    expect(of([price, green])).toMatch(/^ok/);
    expect(of([green])).toMatch(/^ok/);
    expect(of([price], '2026-08-20')).toMatch(/^ok: .*21 août 2026/);
    expect(of([price], '2026-08-21')).toMatch(/^block/);
  });

  test('environmental clause and sustainable specification since 22 August 2026', () => {
    const clause = (terms: LeverFacts['terms'], day = '2027-01-15') =>
      alone(facts({ terms, day }), 'ENVIRONMENTAL_CLAUSE');
    expect(clause(null)).toMatch(/^warn: Les conditions du lot ne sont pas encore écrites/);
    expect(clause(TERMS)).toMatch(/^block: Il manque une clause environnementale/);
    expect(clause({ ...TERMS, environmentalClause: 'art. 8' })).toMatch(/^ok/);
    expect(clause(TERMS, '2026-08-21')).toMatch(/^ok: .*22 août 2026/);
    expect(clause(TERMS, '2026-08-22')).toMatch(/^block/);
    expect(alone(facts({ day: '2026-08-21' }), 'SUSTAINABLE_SPECIFICATION')).toMatch(/^ok/);
    expect(alone(facts({ day: '2026-08-22' }), 'SUSTAINABLE_SPECIFICATION')).toMatch(
      /^warn: Vérifier que le cahier des charges/,
    );
  });

  test('production inside the Union, never France or a region', () => {
    const of = (requirement: string) =>
      said('UNION_PRODUCTION', facts(), { requirement }, 'UNION_PRODUCTION').split(':')[0];
    for (const narrow of [
      'produit en France',
      'fabrication française',
      'issu de la région',
      'made in Mayenne',
      'produit localement',
    ])
      expect(of(narrow)).toBe('block');
    expect(of('produit dans l’Union européenne')).toBe('warn');
    expect(whyNot('UNION_PRODUCTION', facts())).toBeNull();
  });

  test('notes are told on every lot', () => {
    expect(alone(facts(), 'PAYMENT')).toMatch(/^ok: Noter le jour de réception/);
    expect(alone(facts(), 'SPASER')).toMatch(/^ok: Le schéma peut être commun/);
  });
});

describe('money', () => {
  const UNSAID =
    'Les dépenses réelles de fonctionnement du plus grand acheteur ne sont pas indiquées : les écrire dans les conditions de la consultation. Au-delà de 60 000 000,00 €';
  test.each([
    ['4.99', null, 'block: Le taux de l’avance est trop bas'],
    ['5', false, 'ok'],
    ['9.99', true, 'warn: Ce taux est trop bas quand le titulaire est une PME'],
    ['9.99', null, `warn: ${UNSAID}, ce taux est trop bas pour une PME.`],
    ['10', true, 'ok'],
    ['30', null, 'ok'],
    ['30.01', null, 'warn: Ce taux dépasse le maximum ordinaire'],
  ])('advance of %s %%, large buyer %s: %s', (rate, largeBuyer, expected) => {
    expect(said('ADVANCE', facts({ largeBuyer }), { rate }, 'ADVANCE_RATE').startsWith(expected)).toBe(true);
  });

  test.each([
    ['5.01', false, 'block: La retenue est trop forte'],
    ['5', false, 'ok'],
    ['3.01', true, 'block: La retenue est trop forte pour une PME'],
    ['3.01', null, `warn: ${UNSAID}, cette retenue est trop forte pour une PME.`],
    ['3', true, 'ok'],
    ['0', null, 'ok'],
  ])('retention of %s %%, large buyer %s: %s', (rate, largeBuyer, expected) => {
    expect(said('RETENTION', facts({ largeBuyer }), { rate }, 'RETENTION_RATE').startsWith(expected)).toBe(
      true,
    );
  });

  test('the rates are those of the terms of the lot', () => {
    const terms = { ...TERMS, advanceRate: 2_000n, retentionRate: 300n };
    expect(said('ADVANCE', facts({ terms }), { rate: '20' }, 'ADVANCE_TERMS')).toBe('');
    expect(said('ADVANCE', facts({ terms }), { rate: '10' }, 'ADVANCE_TERMS')).toMatch(
      /^block: Le taux écrit ici n’est pas/,
    );
    expect(said('ADVANCE', facts({ terms: TERMS }), { rate: '10' }, 'ADVANCE_TERMS')).toMatch(/^block/);
    expect(said('ADVANCE', facts(), { rate: '10' }, 'ADVANCE_TERMS')).toBe('');
    expect(said('RETENTION', facts({ terms }), { rate: '3' }, 'RETENTION_TERMS')).toBe('');
    expect(said('RETENTION', facts({ terms: TERMS }), { rate: '0' }, 'RETENTION_TERMS')).toBe('');
    expect(said('RETENTION', facts({ terms }), { rate: '0' }, 'RETENTION_TERMS')).toMatch(/^block/);
  });

  test('20 % for small firms: global contracts only, since 1 January 2025', () => {
    expect(whyNot('SMALL_FIRM_SHARE', facts())).toMatch(/^Cette part n’existe que dans les marchés globaux/);
    const of = (share: string, day: string) =>
      said('SMALL_FIRM_SHARE', facts({ globalContract: true, day }), { share }, 'SMALL_FIRM_SHARE').split(
        ':',
      )[0];
    expect([of('19.99', '2025-01-01'), of('20', '2025-01-01'), of('1', '2024-12-31')]).toEqual([
      'block',
      'ok',
      'ok',
    ]);
  });

  test('innovation: under its ceiling, and no routine goods', () => {
    const of = (value: bigint, own = {}, others: { id: string }[] = [{ id: 'b' }]) =>
      whyNot('INNOVATION', facts({}, { value, ...own }, others));
    expect(of(79_999_99n)).toBeNull();
    expect(of(80_000_00n)).toMatch(/^Ce lot vaut 80 000,00 €/);
    expect(of(99_999_99n, { family: 'travaux' })).toBeNull();
    expect(of(99_999_99n, {}, [])).toBeNull();
    expect(of(100_000_00n, {}, [])).not.toBeNull();
    const novelty = (word: string) => said('INNOVATION', facts(), { novelty: word }, 'INNOVATION_NOVELTY');
    expect(novelty('déjà vendu couramment')).toMatch(/^warn: Un produit courant n’est pas innovant/);
    expect(novelty('procédé nouveau')).toMatch(/^ok/);
    expect(said('INNOVATION', facts(), {}, 'INNOVATION_VALUE')).toMatch(
      /^warn: La valeur du lot n’est pas connue/,
    );
  });
});
