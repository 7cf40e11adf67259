import { readFileSync } from 'node:fs';
import { centsFromDecimal, centsToDecimal, sum } from '../../src/money/amounts.js';
import { SAMPLE, sampleDossier } from '../support/sample-dossier.js';

const expected = JSON.parse(readFileSync(new URL('expected.json', SAMPLE), 'utf8'));

describe('the oracle of the sample agrees with the figures computed independently', () => {
  const dossier = sampleDossier();

  test('quantities, amounts per member and lot, total', () => {
    expect(
      Object.fromEntries(dossier.quantities.map((q) => [q.itemCode, [q.minimum, q.estimate, q.maximum]])),
    ).toEqual(expected.quantities_valid_only);
    const perMember: Record<string, Record<string, string>> = {};
    for (const amount of dossier.amounts) {
      const lots = (perMember[amount.memberKey] ??= {});
      lots[amount.lot] = centsToDecimal(
        centsFromDecimal(lots[amount.lot] ?? '0') + centsFromDecimal(amount.net),
      );
    }
    expect(perMember).toEqual(expected.member_estimate_ht_per_year);
    expect(centsToDecimal(sum(dossier.amounts.map((a) => centsFromDecimal(a.net))))).toBe(
      expected.total_ht_per_year,
    );
  });

  test.each(['equal', 'population', 'need', 'fixed-variable'] as const)('shares under the key %s', (key) => {
    const shares = sampleDossier(key).sharing.shares;
    expect(
      Object.fromEntries(shares.map((share) => [share.memberKey, { ht: share.net, vat: share.vat }])),
    ).toEqual(expected.cost_shares[key]);
  });
});
