import { readFileSync, writeFileSync } from 'node:fs';
import { BLOCKING_RULES } from '../../src/gate/blocking.rules.js';
import { FIGURE_CODES } from '../../src/law/figures.js';
import { foundRules, LAW_PAGE, lawPage, specsOf, specsUsing, usersOf } from '../support/law-page.js';

const rules = foundRules();

describe('the page of the law', () => {
  test('is what the code and the tests say: after a change that is meant, npm run law', async () => {
    const page = await lawPage();
    if (process.env['WRITE_LAW_PAGE'] === '1') writeFileSync(LAW_PAGE, page);
    expect(readFileSync(LAW_PAGE, 'utf8') === page).toBe(true);
  });

  test.each(rules.map((rule) => [rule.code, rule] as const))('%s has an article and a test', (code, rule) => {
    // The article of a measure is that of its row in the catalogue.
    if (!code.startsWith('*')) expect(rule.articles).not.toEqual([]);
    expect(specsOf(code)).not.toEqual([]);
  });

  test.each(FIGURE_CODES)('%s has a test', (code) => {
    expect(specsUsing(code)).not.toEqual([]);
  });

  test('says of each figure what it serves, or that a later step will ask for it', () => {
    expect(FIGURE_CODES.filter((code) => usersOf(code).length === 0)).toEqual([
      ...['livres_bibliotheque', 'formalisee_fs_reseaux', 'services_sociaux_avis'],
      ...['avis_attribution', 'transmission_prefet'],
    ]);
  });

  test('names every control that answers a blocking rule', () => {
    const known = (code: string) =>
      rules.some((rule) => new RegExp(`^${rule.code.replaceAll('*', '[A-Z_]+')}$`).test(code));
    const unknown = BLOCKING_RULES.flatMap(({ answeredBy }) => answeredBy).filter((code) => !known(code));
    // Those wait for the rooms of later steps: award, orders.
    expect(unknown).toEqual(['SIGNED_AFTER_STANDSTILL', 'ORDERS_WITHIN_MAXIMUM']);
  });
});
