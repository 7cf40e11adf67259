import type { Dossier } from '../../src/documents/dossier.js';
import { dossierChanges } from '../../src/documents/dossier-changes.rules.js';
import { sampleDossier } from '../support/sample-dossier.js';

const before = sampleDossier();
type Draft = {
  -readonly [K in keyof Dossier]: Dossier[K] extends readonly (infer T)[]
    ? { -readonly [F in keyof T]: T[F] }[]
    : Dossier[K];
};
const altered = (change: (dossier: Draft) => void): string[] => {
  const copy = structuredClone(before) as unknown as Draft;
  change(copy);
  return dossierChanges(before, copy);
};

describe('what changed between two dossiers', () => {
  test('nothing', () => {
    expect(dossierChanges(before, sampleDossier())).toEqual([]);
  });

  test.each<[string, (dossier: Draft) => void, RegExp]>([
    ['a quantity', (d) => (d.needs[0]!.estimate = '1234.5'), /1\u202f234,5/],
    ['a need removed', (d) => d.needs.shift(), /besoin retiré/],
    ['a minimum', (d) => (d.needs[0]!.minimum = '0.5'), /minimum 0,5/],
    ['a population', (d) => (d.members[0]!.population += 1), /population municipale/],
    ['the lots of a member', (d) => (d.members[0]!.lots = [1]), /lots/],
    ['late lines', (d) => (d.members[0]!.lateLines += 1), /hors délai/],
    ['a member that leaves', (d) => d.members.shift(), /n’est plus membre/],
    ['a buyer that does not join', (d) => d.notJoining.shift(), /n’est plus|invité/],
    ['the duration', (d) => (d.years = 4), /Durée/],
    ['the coordinator', (d) => (d.coordinator = { ...d.coordinator, name: 'X' }), /Coordonnateur/],
    ['a lot’s title', (d) => (d.lots[0]!.title = 'Sel'), /Lot 1/],
    ['a lot’s CPV', (d) => (d.lots[0]!.cpv = '03451000'), /CPV/],
    [
      'a price',
      (d) => (d.lots[0]!.items = d.lots[0]!.items.map((i) => ({ ...i, unitPrice: '1.00' }))),
      /prix unitaire/,
    ],
    [
      'a VAT rate',
      (d) => (d.lots[0]!.items = d.lots[0]!.items.map((i) => ({ ...i, vatRate: '5.5' }))),
      /TVA/,
    ],
    [
      'a designation',
      (d) => (d.lots[0]!.items = d.lots[0]!.items.map((i) => ({ ...i, designation: 'X' }))),
      /Article/,
    ],
    ['the key', (d) => (d.sharing = { ...d.sharing, key: 'equal' }), /Clé de répartition/],
    ['a cost', (d) => (d.sharing = { ...d.sharing, costs: d.sharing.costs.slice(1) }), /Frais retirés/],
    [
      'the duration and renewals, in words',
      (d) => ([d.years, d.renewals] = [5, 0]),
      /^Durée : « 1.an, reconductible 3.fois .+ » devient « 5.ans, sans reconduction »\.$/,
    ],
  ])('%s is told', (_, change, words) => {
    expect(altered(change).join('\n')).toMatch(words);
  });

  test('a member whose INSEE code changed is the same member, with the same needs', () => {
    const { key, name } = before.members.find((m) => m.inseeCode !== null)!;
    expect(before.needs.some((need) => need.memberKey === key)).toBe(true);
    const changes = altered((d) => {
      d.members = d.members.map((m) => (m.key === key ? { ...m, key: '53999', inseeCode: '53999' } : m));
      d.needs = d.needs.map((need) => (need.memberKey === key ? { ...need, memberKey: '53999' } : need));
    });
    expect(changes).toEqual([`${name}, code INSEE : ${key} devient 53999.`]);
  });
});
