import { COST_COLUMNS } from '../../src/allocation/costs.import.js';
import {
  CampaignRefused,
  type Campaign,
  checkCampaign,
  FILES,
  cpvCodesIn,
} from '../../src/cli/campaign-input.js';
import { readCampaignOptions } from '../../src/cli/campaign-options.js';
import iconv from 'iconv-lite';
import { CATALOGUE_COLUMNS } from '../../src/catalogue/catalogue.import.js';
import { MEMBERSHIP_COLUMNS } from '../../src/participation/memberships.import.js';
import { NEED_COLUMNS } from '../../src/needs/needs.import.js';
import type { Fault } from '../../src/platform/csv/fault.js';
import { readTable } from '../../src/platform/csv/table.js';
import { type CampaignFile, SMALL, smallCampaign } from '../support/files.js';

const COLUMNS = [CATALOGUE_COLUMNS, MEMBERSHIP_COLUMNS, NEED_COLUMNS, COST_COLUMNS];
const KNOWN_CPV = new Set(['34927100', '03451000']);

function check(texts: Record<CampaignFile, string | Buffer | null>, args: string[] = []): Campaign {
  const [catalogue, memberships, needs, costs] = FILES.map((file, i) => {
    const text = texts[file];
    return readTable(file, text === null ? null : Buffer.from(text), COLUMNS[i]!);
  });
  const tables = {
    catalogue: catalogue!,
    memberships: memberships!,
    needs: needs!,
    costs: texts['couts.csv'] === null ? null : costs!,
  };
  const options = readCampaignOptions(['dossier', '--out', 'sortie', ...args], '/tmp');
  const unknown = new Set(cpvCodesIn(tables).filter((code) => !KNOWN_CPV.has(code)));
  return checkCampaign(tables, options, unknown);
}

function faultsOf(
  texts: Record<CampaignFile, string | Buffer | null>,
  args: string[] = [],
): readonly Fault[] {
  try {
    check(texts, args);
    return [];
  } catch (error) {
    if (!(error instanceof CampaignRefused)) throw error;
    for (const fault of error.faults) {
      expect(fault.problem).not.toBe('');
      expect(fault.correction).not.toBe('');
    }
    return error.faults;
  }
}

/** `fichier:ligne:colonne` of each fault, in the order people get them. */
const places = (...campaign: Parameters<typeof faultsOf>): string[] =>
  faultsOf(...campaign).map((fault) => `${fault.file}:${fault.line ?? ''}:${fault.column}`);

describe('a sound campaign', () => {
  test('is read whole; a confirmed zero is kept, an absent row is absent', () => {
    const campaign = check(smallCampaign());
    expect(campaign.lots.map((lot) => lot.items.length)).toEqual([2, 1]);
    expect(campaign.needs).toHaveLength(5);
    expect(campaign.needs[0]).toMatchObject({ minimum: 10_000n, estimate: 12_500n, maximum: 20_000n });
    expect(campaign.needs[3]).toMatchObject({ estimate: 0n, standing: 'valid' });
    expect(campaign.coordinator).toEqual({
      siret: '20008339200015',
      inseeCode: null,
      name: 'Laval Agglomération',
    });
  });

  const text = smallCampaign();
  const all = (change: (value: string) => string | Buffer) =>
    Object.fromEntries(Object.entries(text).map(([file, value]) => [file, change(value)])) as Record<
      CampaignFile,
      string | Buffer
    >;
  const quoteAll = (value: string, delimiter: string): string =>
    value
      .split('\r\n')
      .map((line) =>
        line === ''
          ? ''
          : line
              .split(';')
              .map((cell) => `"${cell}"`)
              .join(delimiter),
      )
      .join('\r\n');
  test.each<[string, Record<CampaignFile, string | Buffer>]>([
    ['LF', all((value) => value.replaceAll('\r\n', '\n'))],
    ['UTF-8 with BOM', all((value) => `\ufeff${value}`)],
    ['Windows-1252', all((value) => iconv.encode(value, 'windows-1252'))],
    ['UTF-16', all((value) => Buffer.from(`\ufeff${value}`, 'utf16le'))],
    ['comma', all((value) => quoteAll(value, ','))],
    ['tab', all((value) => value.replaceAll(';', '\t'))],
    ['decimal point', all((value) => value.replaceAll('12,5', '12.5').replaceAll('6,15', '6.15'))],
    ['no final line end', all((value) => value.trimEnd())],
    [
      'accents, capitals and spaces in the header',
      all((value) => value.replace('quantite_estimee', 'Quantité estimée')),
    ],
    ['a CPV with its check digit on one row', all((value) => value.replace('34927100;', '34927100-2;'))],
    ['blank lines', all((value) => `${value}\r\n;;\r\n`)],
  ])('%s gives the same campaign', (_, altered) => {
    expect(check(altered)).toEqual(check(smallCampaign()));
  });

  test('without couts.csv there are no costs', () => {
    expect(check({ ...text, 'couts.csv': null }).costs).toEqual([]);
  });
});

describe('bad rows: each is told once, at its place', () => {
  const cases: [string, CampaignFile, number, string, string[]][] = [
    ['unknown SIRET', 'besoins.csv', 2, '21530099700016;A-1;;1;;valide', ['besoins.csv:2:siret']],
    ['false key', 'besoins.csv', 2, '21530130000013;A-1;;1;;valide', ['besoins.csv:2:siret']],
    ['unknown item', 'besoins.csv', 2, '21530130000012;Z-9;;1;;valide', ['besoins.csv:2:code_article']],
    [
      'negative quantity',
      'besoins.csv',
      2,
      '21530130000012;A-1;;-1;;valide',
      ['besoins.csv:2:quantite_estimee'],
    ],
    [
      'unparsable quantity',
      'besoins.csv',
      2,
      '21530130000012;A-1;;douze;;valide',
      ['besoins.csv:2:quantite_estimee'],
    ],
    [
      'ambiguous quantity',
      'besoins.csv',
      2,
      '21530130000012;A-1;;1.234;;valide',
      ['besoins.csv:2:quantite_estimee'],
    ],
    [
      'missing quantity',
      'besoins.csv',
      2,
      '21530130000012;A-1;;;;valide',
      ['besoins.csv:2:quantite_estimee'],
    ],
    ['lot not joined', 'besoins.csv', 4, '21530054200010;B-1;;7;;valide', ['besoins.csv:4:code_article']],
    ['does not join', 'besoins.csv', 4, '21530045000016;A-1;;7;;valide', ['besoins.csv:4:siret']],
    [
      'minimum above estimate',
      'besoins.csv',
      2,
      '21530130000012;A-1;13;12;20;valide',
      ['besoins.csv:2:quantite_min'],
    ],
    [
      'estimate above maximum',
      'besoins.csv',
      2,
      '21530130000012;A-1;1;12;10;valide',
      ['besoins.csv:2:quantite_max'],
    ],
    ['unknown state', 'besoins.csv', 2, '21530130000012;A-1;;1;;ok', ['besoins.csv:2:etat']],
    ['too few columns', 'besoins.csv', 2, '21530130000012;A-1;1;valide', ['besoins.csv:2:']],
    ['too many columns', 'besoins.csv', 2, '21530130000012;A-1;;12,5;20;valide;x', ['besoins.csv:2:']],
    ['duplicate need', 'besoins.csv', 7, '21530130000012;A-1;;3;;valide', ['besoins.csv:7:code_article']],
    [
      'two faults in a row',
      'besoins.csv',
      2,
      '21530130000012;A-1;;x;;y',
      ['besoins.csv:2:quantite_estimee', 'besoins.csv:2:etat'],
    ],
    [
      'unknown CPV, items stay known',
      'catalogue.csv',
      4,
      '2;Plants;99999999;fournitures;bons_de_commande;B-1;Vivace;C62;9;1,95;10;60628',
      ['catalogue.csv:4:cpv'],
    ],
    [
      'bad price, item stays known',
      'catalogue.csv',
      2,
      '1;Sel;34927100;fournitures;bons_de_commande;A-1;Sel en vrac;TNE;1;cher;20;60633',
      ['catalogue.csv:2:prix_unitaire_estime_ht'],
    ],
    [
      'one row says another CPV',
      'catalogue.csv',
      2,
      '1;Sel;03451000;fournitures;bons_de_commande;A-1;Sel en vrac;TNE;1;92;20;60633',
      ['catalogue.csv:3:cpv'],
    ],
    [
      'short catalogue row, item stays known',
      'catalogue.csv',
      2,
      '1;Sel;34927100;fournitures;bons_de_commande;A-1;Sel en vrac;TNE',
      ['catalogue.csv:2:'],
    ],
    [
      'duplicate item',
      'catalogue.csv',
      5,
      '2;Plants;03451000;fournitures;bons_de_commande;A-1;Autre;C62;1;1;20;60628',
      ['catalogue.csv:5:code_article'],
    ],
    [
      'unknown VAT rate',
      'catalogue.csv',
      4,
      '2;Plants;03451000;fournitures;bons_de_commande;B-1;Vivace;C62;9;1,95;19,6;60628',
      ['catalogue.csv:4:taux_tva'],
    ],
    [
      'unknown family and form',
      'catalogue.csv',
      4,
      '2;Plants;03451000;denrees;libre;B-1;Vivace;C62;9;1,95;10;60628',
      ['catalogue.csv:4:famille', 'catalogue.csv:4:forme'],
    ],
    [
      'false SIRET of a member, its needs stay known',
      'adhesions.csv',
      3,
      '21530054200011;53054;Changé;6482;adhere;2026-05-19;2026-05-017;2026-07-28;1',
      ['adhesions.csv:3:siret'],
    ],
    [
      'SIRET turned into a number by a spreadsheet',
      'adhesions.csv',
      3,
      '2,153E+13;53054;Changé;6482;adhere;2026-05-19;2026-05-017;2026-07-28;1',
      ['adhesions.csv:3:siret'],
    ],
    [
      'unknown answer, needs stay known',
      'adhesions.csv',
      3,
      '21530054200010;53054;Changé;6482;oui;2026-05-19;2026-05-017;2026-07-28;1',
      ['adhesions.csv:3:reponse'],
    ],
    [
      'day that does not exist',
      'adhesions.csv',
      3,
      '21530054200010;53054;Changé;6482;adhere;2026-02-30;2026-05-017;2026-07-28;1',
      ['adhesions.csv:3:deliberation_le'],
    ],
    [
      'day of another century',
      'adhesions.csv',
      3,
      '21530054200010;53054;Changé;6482;adhere;19/05/1926;2026-05-017;28/07/0206;1',
      ['adhesions.csv:3:deliberation_le', 'adhesions.csv:3:bulletin_le'],
    ],
    [
      'lot absent from the catalogue',
      'adhesions.csv',
      3,
      '21530054200010;53054;Changé;6482;adhere;2026-05-19;2026-05-017;2026-07-28;1,9',
      ['adhesions.csv:3:lots'],
    ],
    [
      'post code for INSEE code',
      'adhesions.csv',
      3,
      '21530054200010;5381;Changé;6482;adhere;2026-05-19;2026-05-017;2026-07-28;1',
      ['adhesions.csv:3:code_insee'],
    ],
    [
      'the same member row twice',
      'adhesions.csv',
      6,
      '21530054200010;53054;Changé;6482;adhere;2026-05-19;2026-05-017;2026-07-28;1',
      ['adhesions.csv:6:siret'],
    ],
    [
      'duplicate member',
      'adhesions.csv',
      6,
      '21530054200010;;Changé;6482;adhere;;;;1',
      ['adhesions.csv:6:siret'],
    ],
    [
      'two SIRET for one commune',
      'adhesions.csv',
      6,
      '73282932000074;53054;Changé;6482;adhere;;;;1',
      ['adhesions.csv:6:code_insee'],
    ],
    [
      'INSEE code of no commune',
      'adhesions.csv',
      6,
      '73282932000074;53999;Syndicat;0;adhere;;;;1',
      ['adhesions.csv:6:code_insee'],
    ],
    [
      'does not join, with lots',
      'adhesions.csv',
      4,
      '21530045000016;53045;La Brûlatte;674;n_adhere_pas;;;;1',
      ['adhesions.csv:4:lots'],
    ],
    [
      'lot absent from the catalogue for one that exists, its needs are not accused',
      'adhesions.csv',
      2,
      '21530130000012;53130;Laval;49474;adhere;2026-05-29;2026-05-003;2026-07-08;1,99',
      ['adhesions.csv:2:lots'],
    ],
    [
      'joins no lot, with needs: told once',
      'adhesions.csv',
      3,
      '21530054200010;53054;Changé;6482;adhere;2026-05-19;2026-05-017;2026-07-28;',
      ['adhesions.csv:3:lots'],
    ],
    [
      'neither an answer nor lots, its needs are not accused',
      'adhesions.csv',
      3,
      '21530054200010;53054;Changé;6482;;2026-05-19;2026-05-017;2026-07-28;',
      ['adhesions.csv:3:reponse'],
    ],
    [
      'does not join, with lots and needs: told once',
      'adhesions.csv',
      3,
      '21530054200010;53054;Changé;6482;n_adhere_pas;;;;1',
      ['adhesions.csv:3:lots'],
    ],
    ['negative cost', 'couts.csv', 2, 'Avis de publicité;-1320,00;20;', ['couts.csv:2:montant_ht']],
    ['cost of an unknown lot', 'couts.csv', 3, 'Analyse du sel;643,35;20;8', ['couts.csv:3:lots']],
    ['cost with three decimals', 'couts.csv', 3, 'Analyse du sel;643,355;20;1', ['couts.csv:3:montant_ht']],
    ['duplicate cost', 'couts.csv', 4, 'Analyse du sel;643,35;20;1', ['couts.csv:4:libelle']],
  ];
  test.each(cases)('%s', (_, file, line, text, expected) => {
    expect(places(smallCampaign({ [file]: { [line]: text } }))).toEqual(expected);
  });

  test.each<[string, CampaignFile, string, string, string]>([
    ['12.345.678', 'besoins.csv', '21530130000012;A-1;;12.345.678;;valide', '12345678', 'écrire 12345678'],
    ['12.345', 'besoins.csv', '21530130000012;A-1;;12.345;;valide', '12,345', 'écrire 12345, ou 12,345'],
    ['1.250 €', 'couts.csv', 'Avis de publicité;1.250;20;', '1250,00', 'écrire 1250, ou 1,250'],
    ['1.255 €', 'couts.csv', 'Avis de publicité;1.255;20;', '1255', 'écrire 1255, ou 2 décimales au plus'],
    [
      '49.474 people',
      'adhesions.csv',
      '21530130000012;53130;Laval;49.474;adhere;2026-05-29;2026-05-003;2026-07-08;1,2',
      '49474',
      'écrire 49474, un nombre entier',
    ],
  ])('%s: what is advised is accepted', (_, file, text, written, correction) => {
    const [fault] = faultsOf(smallCampaign({ [file]: { 2: text } }));
    expect(fault?.correction).toBe(correction);
    expect(faultsOf(smallCampaign({ [file]: { 2: text.replace(fault!.value, written) } }))).toEqual([]);
  });

  test('a lot that contradicts itself is told in proper French', () => {
    const row = '1;Gros sel;03451000;travaux;mixte;A-2;Sel en sac;XBG;40;6,15;20;60633';
    expect(faultsOf(smallCampaign({ 'catalogue.csv': { 3: row } })).map((fault) => fault.problem)).toEqual([
      'l’intitulé du lot 1 n’est pas celui de la ligne 2 (« Sel »)',
      'le code CPV du lot 1 n’est pas celui de la ligne 2 (« 34927100 »)',
      'la famille du lot 1 n’est pas celle de la ligne 2 (« fournitures »)',
      'la forme du lot 1 n’est pas celle de la ligne 2 (« bons_de_commande »)',
    ]);
  });

  test.each<[string, string, string[]]>([
    [
      'a commune without its INSEE code',
      '21530054200010;;Changé;6482;adhere;;;;1',
      ['ce SIRET est celui de Changé, dont le code INSEE est 53054 → écrire 53054, ou corriger le SIRET'],
    ],
    [
      'a commune with the code of another',
      '21530054200010;53130;Changé;6482;adhere;;;;1',
      ['ce SIRET est celui de Changé, dont le code INSEE est 53054 → écrire 53054, ou corriger le SIRET'],
    ],
    [
      'an EPCI with a code',
      '20008339200015;53130;Laval Agglomération;0;adhere;;;;1',
      [
        'ce SIRET est celui de CA Laval Agglomération, qui n’est pas une commune → laisser code_insee vide, ou corriger le SIRET',
      ],
    ],
    ['a CCAS, whose SIREN only INSEE knows', '73282932000074;53054;CCAS de Changé;0;adhere;;;;1', []],
    ['a syndicate', '73282932000074;;Syndicat du sel;0;adhere;;;;1', []],
  ])('%s, against the national reference', (_, row, expected) => {
    const members = smallCampaign({ 'adhesions.csv': { 2: null, 3: row, 4: null, 5: null } });
    const texts = { ...members, 'besoins.csv': SMALL['besoins.csv'][0] };
    const faults = faultsOf(texts, ['--coordinator', '21530130000012', '--coordinator-name', 'Laval']);
    expect(faults.map(({ problem, correction }) => `${problem} → ${correction}`)).toEqual(expected);
  });

  test('a member without a lot and without a need is sound', () => {
    const row = '21530054200010;53054;Changé;6482;adhere;2026-05-19;2026-05-017;2026-07-28;';
    expect(
      places(smallCampaign({ 'adhesions.csv': { 3: row }, 'besoins.csv': { 4: null, 5: null } })),
    ).toEqual([]);
  });

  test('all of them at once, in the order of the files', () => {
    const texts = smallCampaign({
      'besoins.csv': { 2: '21530130000012;A-1;;-1;;valide', 6: 'x;B-1;;40;;brouillon' },
      'catalogue.csv': { 4: '2;Plants;99999999;fournitures;bons_de_commande;B-1;Vivace;C62;9;1,95;10;60628' },
      'couts.csv': { 3: 'Analyse du sel;beaucoup;20;1' },
    });
    expect(places(texts)).toEqual([
      'catalogue.csv:4:cpv',
      'besoins.csv:2:quantite_estimee',
      'besoins.csv:6:siret',
      'couts.csv:3:montant_ht',
    ]);
  });
});

describe('files that cannot be read', () => {
  const text = smallCampaign();
  test.each<[string, Partial<Record<CampaignFile, string | Buffer | null>>, string[]]>([
    ['missing', { 'besoins.csv': null }, ['besoins.csv::']],
    ['empty', { 'besoins.csv': '' }, ['besoins.csv:1:']],
    ['a workbook', { 'catalogue.csv': Buffer.from('504b0304140000000800', 'hex') }, ['catalogue.csv:1:']],
    ['a PDF', { 'adhesions.csv': '%PDF-1.7\n%abc\n' }, ['adhesions.csv:1:']],
    ['random bytes', { 'besoins.csv': Buffer.from([1, 2, 3, 0, 200, 129, 255]) }, ['besoins.csv:1:']],
    ['a missing column', { 'besoins.csv': 'siret;code_article\r\nx;y\r\n' }, ['besoins.csv:1:']],
    [
      'a catalogue of nothing but its header',
      { 'catalogue.csv': text['catalogue.csv'].split('\r\n')[0]! },
      ['catalogue.csv:1:'],
    ],
    [
      'memberships of nothing but their header',
      { 'adhesions.csv': text['adhesions.csv'].split('\r\n')[0]! },
      ['adhesions.csv:1:'],
    ],
    ['an open quote', { 'besoins.csv': `${text['besoins.csv']}"21530130000012;A-2\r\n` }, ['besoins.csv:7:']],
  ])('%s: one sentence, and no cascade in the others', (_, change, expected) => {
    expect(places({ ...text, ...change })).toEqual(expected);
  });

  test('a line that announces the separator is passed over, and counted', () => {
    const faulty = smallCampaign({ 'besoins.csv': { 3: '21530130000012;B-1;;x;;valide' } });
    const announced = { ...faulty, 'besoins.csv': `sep=;\r\n${faulty['besoins.csv']}` };
    expect(places(announced)).toEqual(['besoins.csv:4:quantite_estimee']);
    expect(places({ ...text, 'besoins.csv': `sep=;\r\n${text['besoins.csv']}` })).toEqual([]);
  });

  test('physical lines are counted through quoted line breaks', () => {
    const texts = smallCampaign({
      'catalogue.csv': {
        2: '1;Sel;34927100;fournitures;bons_de_commande;A-1;"Sel\r\nen vrac";TNE;1;92,00;20;60633',
        4: '2;Plants;03451000;fournitures;bons_de_commande;B-1;Vivace;C62;9;x;10;60628',
      },
    });
    expect(places(texts)).toEqual(['catalogue.csv:5:prix_unitaire_estime_ht']);
  });
});

describe('the coordinator', () => {
  test('is known by the national reference when the file does not name it', () => {
    const texts = smallCampaign({ 'adhesions.csv': { 5: null }, 'besoins.csv': { 6: null } });
    expect(check(texts, ['--coordinator', '20008339200015']).coordinator.name).toBe('CA Laval Agglomération');
  });
  test('is asked for when it cannot be guessed, and named when nobody knows it', () => {
    const texts = smallCampaign({ 'adhesions.csv': { 5: null }, 'besoins.csv': { 6: null } });
    expect(places(texts)).toEqual(['adhesions.csv::siret']);
    expect(places(texts, ['--coordinator', '73282932000074'])).toEqual(['adhesions.csv::siret']);
    const named = check(texts, ['--coordinator', '73282932000074', '--coordinator-name', 'Syndicat du sel']);
    expect(named.coordinator.name).toBe('Syndicat du sel');
  });
});
