import {
  type BuyerKind,
  BUYER_KINDS,
  checkEstablishments,
  checkIdentity,
  checkPopulations,
  type IdentityFaultCode,
  kindOf,
  type TypedIdentity,
} from '../../src/buyers/buyer.rules.js';
import { BUYER_KIND_WORDS, identitySentence } from '../../src/buyers/buyers.messages.js';
import {
  figuresToKeep,
  type KnownBuyer,
  planImport,
  populationsOf,
} from '../../src/buyers/national-entry.rules.js';
import {
  epciAndMembers,
  nationalEntries,
  nationalEntry,
  nationalReference,
} from '../../src/buyers/national-reference.js';
import { searchEntries } from '../../src/buyers/national-search.rules.js';
import { holdsWords, readSearch, searchKey } from '../../src/buyers/search-key.rules.js';
import { buyerKey, readSiren, readSiret } from '../../src/buyers/siret.rules.js';

const LAVAL = '200083392';

test('a buyer is of its kind; a commune, where nobody told and it has an INSEE code', () => {
  expect(kindOf({ kind: 'other', inseeCode: '53130' })).toBe('commune');
  expect(kindOf({ kind: 'other', inseeCode: null })).toBe('other');
  for (const kind of BUYER_KINDS.filter((one) => one !== 'other'))
    expect(kindOf({ kind, inseeCode: null })).toBe(kind);
});

test('ties are broken by the INSEE code, else the SIRET, else the SIREN', () => {
  const buyer = { inseeCode: '53130', siret: '21530130000012', siren: '215301300' };
  expect(buyerKey(buyer)).toBe('53130');
  expect(buyerKey({ ...buyer, inseeCode: null })).toBe('21530130000012');
  expect(buyerKey({ ...buyer, inseeCode: null, siret: null })).toBe('215301300');
});

describe('a name is looked up', () => {
  test.each([
    ['Saint-Ouën-des-Toits', 'saint ouen des toits'],
    ['St Ouen', 'saint ouen'],
    ['Ste-Suzanne-et-Chammes', 'sainte suzanne et chammes'],
    ['Œuf-en-Ternois', 'oeuf en ternois'],
    ['L’Huisserie', 'l huisserie'],
    ["L'Huisserie", 'l huisserie'],
    ['  Nuillé–sur  Vicoin ', 'nuille sur vicoin'],
    ['Ernée (Est)', 'ernee est'],
    ['Estaing', 'estaing'],
  ])('%s is %s', (name, key) => {
    expect(searchKey(name)).toBe(key);
  });

  test('by the beginning of its words, in any order', () => {
    const key = searchKey('Saint-Ouën-des-Toits');
    for (const [typed, found] of [
      ['saint ouen', true],
      ['st ouën', true],
      ['toits st', true],
      ['ouen', true],
      ['uen', false],
      ['saint ouen rouen', false],
    ] as const) {
      const search = readSearch(typed)!;
      expect([typed, search.by === 'name' && holdsWords(key, search.words)]).toEqual([typed, found]);
    }
  });

  test('or by a code, with the spaces that people type', () => {
    expect(readSearch('215 300 070 00012')).toEqual({ by: 'code', code: '21530007000012' });
    expect(readSearch('2a004')).toEqual({ by: 'code', code: '2A004' });
    expect(readSearch('5')).toEqual({ by: 'name', key: '5', words: ['5'] });
    expect(readSearch(' -- ')).toBeNull();
  });

  test('in the national reference: the very name first, absorbed communes by their old name and code', () => {
    const names = (text: string, limit = 5) =>
      searchEntries(nationalEntries(), readSearch(text)!, null, limit).map(({ entry }) => entry.name);
    expect(names('laval')[0]).toBe('Laval');
    expect(names('st ouen des toits')).toEqual(['Saint-Ouën-des-Toits']);
    expect(names('ruille le gravelais')).toEqual(['Loiron-Ruillé']);
    expect(names('53194')).toEqual(['Loiron-Ruillé']);
    expect(names('200083392')).toEqual(['CA Laval Agglomération']);
    expect(names('20008339200015')).toEqual(['CA Laval Agglomération']);
    expect(names('2A004')).toEqual(['Ajaccio']);
  });

  test('page after page, nothing is lost nor told twice', () => {
    const search = readSearch('saint germain')!;
    const all = searchEntries(nationalEntries(), search, null, 10_000);
    const paged: string[] = [];
    for (let after: (typeof all)[0]['place'] | null = null; ;) {
      const page = searchEntries(nationalEntries(), search, after, 37);
      paged.push(...page.map(({ entry }) => entry.siren));
      if (page.length < 37) break;
      after = page.at(-1)!.place;
    }
    expect(paged).toEqual(all.map(({ entry }) => entry.siren));
    expect(new Set(paged).size).toBe(paged.length);
    expect(all.length).toBeGreaterThan(100);
  });
});

describe('numbers', () => {
  test('a SIRET of La Poste has its own rule; a SIREN has a key', () => {
    expect(readSiret('356 000 000 00048').fault).toBeNull();
    expect(readSiret('35600000049837').fault).toBeNull();
    expect(readSiret('35600000049838').fault).toBe('wrong_check_digit');
    expect(readSiren('215 300 070')).toEqual({ siren: '215300070', fault: null });
    expect(readSiren('215300071').fault).toBe('wrong_siren_check_digit');
    expect(readSiren('21530007').fault).toBe('not_9_digits');
  });
});

describe('who a buyer is', () => {
  const ARGENTRE: TypedIdentity = {
    kind: 'commune',
    siret: '21530007000012',
    siren: null,
    inseeCode: '53007',
    appliesCode: false,
  };
  const faultsOf = (changes: Partial<TypedIdentity>): string[] => {
    const result = checkIdentity({ ...ARGENTRE, ...changes }, nationalReference);
    return 'faults' in result ? result.faults.map(({ field, code }) => `${field} ${code}`) : [];
  };

  test('a commune, by its SIRET or its SIREN', () => {
    expect(checkIdentity(ARGENTRE, nationalReference)).toEqual({
      identity: { ...ARGENTRE, siren: '215300070' },
    });
    expect(faultsOf({ siret: null, siren: '215 300 070' })).toEqual([]);
  });

  test.each<[IdentityFaultCode, Partial<TypedIdentity>, string[]]>([
    ['not_14_digits', { siret: '215' }, ['siret not_14_digits']],
    ['in_scientific_notation', { siret: '2,15E+13' }, ['siret in_scientific_notation']],
    ['wrong_check_digit', { siret: '21530007000013' }, ['siret wrong_check_digit']],
    ['not_9_digits', { siret: null, siren: '215' }, ['siren not_9_digits']],
    ['wrong_siren_check_digit', { siret: null, siren: '215300071' }, ['siren wrong_siren_check_digit']],
    ['no_siret_nor_siren', { siret: null }, ['siret no_siret_nor_siren']],
    ['siret_and_siren_disagree', { siren: '215300542' }, ['siren siret_and_siren_disagree']],
    ['commune_without_insee_code', { inseeCode: null }, ['inseeCode commune_without_insee_code']],
    [
      'insee_code_malformed',
      { inseeCode: '5300' },
      ['inseeCode insee_code_malformed', 'inseeCode siren_of_another'],
    ],
    [
      'insee_code_unknown',
      { inseeCode: '53194' },
      ['inseeCode insee_code_unknown', 'inseeCode siren_of_another'],
    ],
    ['siren_of_another', { inseeCode: '53054' }, ['inseeCode siren_of_another']],
    [
      'commune_of_another_siren',
      { siret: null, siren: '356000000', inseeCode: '53001' },
      ['siren commune_of_another_siren'],
    ],
    ['kind_of_another', { kind: 'ccas', inseeCode: null }, ['kind kind_of_another']],
    [
      'insee_code_of_no_commune',
      { kind: 'ccas', siret: '26530018200010' },
      ['inseeCode insee_code_of_no_commune'],
    ],
    [
      'private_without_the_code',
      { kind: 'private', siret: '35600000000048', inseeCode: null },
      ['appliesCode private_without_the_code'],
    ],
    ['code_said_by_public', { appliesCode: true }, ['appliesCode code_said_by_public']],
  ])('%s is refused, with a French sentence', (code, changes, faults) => {
    expect(faultsOf(changes)).toEqual(faults);
    expect(identitySentence(code, 'Argentré (53007)')).toMatch(/^[A-ZÀ-Ÿ].*\.$/su);
  });

  test('a private member that applies the code may join', () => {
    expect(
      faultsOf({ kind: 'private', siret: '35600000000048', inseeCode: null, appliesCode: true }),
    ).toEqual([]);
  });

  test('every kind has its words', () => {
    expect(Object.keys(BUYER_KIND_WORDS)).toEqual([...BUYER_KINDS] satisfies BuyerKind[]);
  });
});

describe('populations', () => {
  const of = (
    kind: 'municipale' | 'totale',
    value: number,
    vintage: number | null,
    inForceOn: string | null,
  ) => ({
    ...{ kind, value, vintage, inForceOn },
    source: 'INSEE',
  });
  test('are told once per census, after it, and the total counts the municipal one in', () => {
    expect(
      checkPopulations([of('municipale', 2908, 2023, '2026-01-01'), of('totale', 2980, 2023, null)]),
    ).toEqual([]);
    expect(
      checkPopulations([
        of('municipale', 2908, 2023, '2023-01-01'),
        of('totale', 2900, 2023, null),
        of('municipale', 2907, 2023, null),
        of('totale', 1, null, '2026-01-01'),
      ]),
    ).toEqual([
      { line: 0, code: 'population_in_force_before_census' },
      { line: 1, code: 'total_below_municipal' },
      { line: 2, code: 'population_given_twice' },
    ]);
  });
});

describe('establishments', () => {
  test('bear the SIREN of their buyer, once each', () => {
    const one = (siret: string) => ({
      siret,
      label: 'Eau',
      chorusServiceCode: null,
      engagementRequired: false,
    });
    const { establishments, faults } = checkEstablishments('215300070', [
      one('215 300 070 00012'),
      one('21530007000012'),
      one('21530054200010'),
      one('215'),
    ]);
    expect(establishments[0]!.siret).toBe('21530007000012');
    expect(faults).toEqual([
      { line: 1, code: 'siret_given_twice' },
      { line: 2, code: 'siren_of_another_buyer' },
      { line: 3, code: 'not_14_digits' },
    ]);
  });
});

describe('an import of the national reference', () => {
  const entries = epciAndMembers(LAVAL)!;
  const known = (siren: string, changes: Partial<KnownBuyer> = {}): KnownBuyer => {
    const { inseeCode, kind, name, formerCodes, ...entry } = nationalEntry(siren)!;
    return {
      ...{ id: `id ${siren}`, siren, inseeCode, kind, name },
      formerCodes: formerCodes.map(({ code }) => code),
      populations: populationsOf({ ...entry, inseeCode, kind, name, formerCodes }),
      ...changes,
    };
  };
  const actOf = (buyers: readonly KnownBuyer[], siren: string) =>
    planImport(entries, buyers).find((step) => step.entry.siren === siren)!;

  test('takes Laval Agglomération and its 34 communes, with figures whose year nobody guesses', () => {
    expect([entries.length, entries[0]!.name]).toEqual([35, 'CA Laval Agglomération']);
    expect(planImport(entries, []).every((step) => step.act === 'create')).toBe(true);
    expect(
      populationsOf(nationalEntry('215300070')!).map(({ kind, value, vintage, inForceOn }) => [
        kind,
        value,
        vintage,
        inForceOn,
      ]),
    ).toEqual([
      ['municipale', 2908, null, null],
      ['totale', 2980, null, null],
    ]);
    expect(epciAndMembers('215300070')).toBeUndefined();
  });

  test('leaves what is up to date, completes the rest, and keeps the names that people gave', () => {
    expect(actOf([known('215300070')], '215300070')).toMatchObject({ act: 'leave', otherName: null });
    expect(actOf([known('215300070', { name: 'Ville d’Argentré' })], '215300070')).toMatchObject({
      ...{ act: 'leave', otherName: 'Ville d’Argentré' },
    });
    for (const changes of [
      { kind: 'other' },
      { inseeCode: null },
      { formerCodes: [] },
      { populations: [] },
      { inseeCode: '53194' },
    ])
      expect([changes, actOf([known('200055705', changes)], '200055705').act]).toEqual([changes, 'update']);
  });

  test('leaves alone a figure that someone completed with its census year', () => {
    const completed = { kind: 'municipale', value: 2_950, vintage: 2023, source: 'INSEE, RP 2023' } as const;
    const buyer = known('215300070');
    const [, total] = buyer.populations;
    expect(actOf([{ ...buyer, populations: [completed, total!] }], '215300070')).toMatchObject({
      act: 'leave',
    });
    const alone = { ...buyer, populations: [completed] };
    expect(actOf([alone], '215300070')).toMatchObject({ act: 'update' });
    expect(figuresToKeep(nationalEntry('215300070')!, alone).map(({ kind, value }) => [kind, value])).toEqual(
      [['totale', 2980]],
    );
    // A figure without a year is the reference's own, or says less: it is brought up to date.
    const yearless = { ...completed, vintage: null };
    expect(actOf([{ ...buyer, populations: [yearless, total!] }], '215300070').act).toBe('update');
  });

  test('guesses between nobody', () => {
    const wrong = known('215300070', { id: 'wrong', siren: '999999999' });
    expect(actOf([wrong], '215300070')).toMatchObject({ act: 'skip', others: [{ id: 'wrong' }] });
    expect(actOf([known('215300070'), wrong], '215300070')).toMatchObject({
      act: 'skip',
      others: [{ id: 'wrong' }],
    });
    const twins = ['a', 'b'].map((id) => known('215300070', { id, inseeCode: null, kind: 'other' }));
    expect(actOf(twins, '215300070')).toMatchObject({ act: 'skip', others: [{ id: 'a' }, { id: 'b' }] });
  });
});
