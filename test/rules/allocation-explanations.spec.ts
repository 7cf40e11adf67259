import fc from 'fast-check';
import { allocate } from '../../src/allocation/engine.rules.js';
import { explainLine, explainShare } from '../../src/allocation/explanation.rules.js';
import { addFractions, fraction } from '../../src/allocation/fraction.rules.js';
import type { KeyChoice } from '../../src/allocation/keys/registry.rules.js';
import type { PopulationChoice } from '../../src/allocation/keys/population.rules.js';
import { NO_MODIFIER } from '../../src/allocation/modifiers/modifiers.rules.js';
import type { AllocationResult } from '../../src/allocation/result.rules.js';
import { shareSentence, totalSentence } from '../../src/allocation/sentences.rules.js';
import {
  allocated,
  anyCosts,
  anyMembers,
  BY_POPULATION,
  costOf,
  KEYS,
  memberOf,
} from '../support/allocation.js';

const names = ['Laval', 'Changé', 'L’Huisserie', 'Ahuillé'];
const four = [50_479, 4_200, 1_800, 900].map((count, i) => memberOf(`5300${i}`, count, { name: names[i]! }));
const sentences = (result: AllocationResult) =>
  result.members.map((member) =>
    shareSentence(result, result.lines[0]!, member).replaceAll(/[\u00a0\u202f]/g, ' '),
  );
const cap = (bound: bigint | null, floor: bigint | null = null) => ({
  ...NO_MODIFIER,
  bounds: { basis: 'net', floor, cap: bound, byMember: new Map() } as const,
});

describe('explanations', () => {
  test('base, weight, exact share, rounded share, and why the spare cent came or not', () => {
    const result = allocated(BY_POPULATION, [costOf(123_457n)], four);
    expect(explainShare(result, result.lines[0]!, '53001')).toMatchObject({
      ...{ net: 9_037n, vat: 1_807n, gross: 10_844n, frozen: null },
      parts: [
        {
          base: 123_457n,
          weight: 4_200n,
          totalWeight: 57_379n,
          rounded: 9_037n,
          spare: 'received',
          spareCents: 3n,
        },
      ],
    });
    expect(sentences(result)).toEqual([
      'Laval : 1 234,57 € HT × 50 479 habitants (population municipale, millésime 2023) sur 57 379 = 1 086,1091… €, arrondi à 1 086,11 € (un des 3 centimes de reliquat lui revient, son reste est parmi les plus forts) ; soit 1 086,11 € HT et 217,22 € de TVA, 1 303,33 € TTC.',
      expect.stringContaining('Changé : '),
      'L’Huisserie : 1 234,57 € HT × 1 800 habitants (population municipale, millésime 2023) sur 57 379 = 38,7289… €, arrondi à 38,73 € (un des 3 centimes de reliquat lui revient, son reste est parmi les plus forts) ; soit 38,73 € HT et 7,75 € de TVA, 46,48 € TTC.',
      expect.stringContaining('les centimes de reliquat vont à des restes plus forts'),
    ]);
  });

  test('a tie says whose code is lower', () => {
    const result = allocated({ key: 'equal' }, [costOf(100_000n)], four.slice(0, 3));
    expect(sentences(result)).toEqual([
      'Laval : 1 000,00 € HT × 1 part sur 3 = 333,3333… €, arrondi à 333,34 € (un centime de reliquat lui revient, à reste égal son code INSEE est le plus petit) ; soit 333,34 € HT et 66,67 € de TVA, 400,01 € TTC.',
      ...['Changé', 'L’Huisserie'].map((name) =>
        expect.stringMatching(`^${name} : .*à reste égal, le centime de reliquat va à un code plus petit`),
      ),
    ]);
  });

  test('a key of several parts tells each; what is exact needs no cent', () => {
    const choice: KeyChoice = {
      key: 'fixed-variable',
      fixed: { share: 5_000n },
      variable: BY_POPULATION as PopulationChoice,
    };
    const result = allocated(
      choice,
      [costOf(1_000n, { vatRate: 0n })],
      [memberOf('53001', 1, { name: 'Changé' }), memberOf('53002', 3)],
    );
    expect(sentences(result)[0]).toBe(
      'Changé : 5,00 € HT × 1 part sur 2 = 2,50 € ; 5,00 € HT × 1 habitant (population municipale, millésime 2023) sur 4 = 1,25 € ; soit 3,75 € HT et 0,00 € de TVA, 3,75 € TTC.',
    );
  });

  test('bounds, days, exemption and lots are told', () => {
    const bounded = sentences(allocated(BY_POPULATION, [costOf(100_000n)], four, cap(50_000n)));
    expect(bounded[0]).toBe(
      'Laval : sa part des frais est tenue au plafond de la convention, soit ici 500,00 € HT et 100,00 € de TVA, 600,00 € TTC.',
    );
    expect(bounded[1]).toContain(
      'Changé : 500,00 € HT restant après plancher et plafond × 4 200 habitants (population municipale, millésime 2023) sur 6 900 =',
    );
    const presence = { periodDays: 365n, days: new Map([['53001', 73n]]) };
    const late = sentences(
      allocated({ key: 'equal' }, [costOf(100n)], four.slice(0, 2), { ...NO_MODIFIER, presence }),
    );
    expect(late[1]).toContain('× 1 part × 73 jours sur 438 une fois comptés les jours de chacun = 0,1666… €');
    const exempt = { ...NO_MODIFIER, exempt: new Set(['53000']) };
    const elsewhere = { ...four[1]!, lots: new Set([2]) };
    expect(
      sentences(
        allocated({ key: 'equal' }, [costOf(100n, { lots: [1] })], [four[0]!, elsewhere, four[2]!], exempt),
      ).slice(0, 2),
    ).toEqual([
      'Laval : pas de part des frais « Publicité » (exempté par la convention).',
      'Changé : pas de part des frais « Publicité » (pas de besoin dans leurs lots).',
    ]);
  });

  test('a fee tells its tariff, its days and its index', () => {
    const fee = {
      key: 'per-inhabitant',
      kind: 'municipale',
      vintage: 2023,
      rate: 1_555n,
      floor: null,
      cap: null,
    } as const;
    const modifiers = {
      ...NO_MODIFIER,
      presence: { periodDays: 365n, days: new Map([['53003', 73n]]) },
      indexation: {
        name: 'ING',
        base: 1_200_000n,
        baseAt: 'janvier 2026',
        current: 1_254_000n,
        currentAt: 'juin 2026',
      },
    };
    expect(sentences(allocated(fee, [costOf(100n)], [four[1]!], NO_MODIFIER))).toEqual([
      'Changé : tarif par habitant, 653,10 €, soit 653,10 €.',
    ]);
    expect(sentences(allocated(fee, [costOf(100n)], [four[3]!], modifiers))).toEqual([
      'Ahuillé : tarif par habitant, 139,95 €, présence de 73 jours sur 365, indexé sur « ING » : 125,4 (juin 2026) ÷ 120 (janvier 2026) = 29,2495… €, soit 29,25 €.',
    ]);
  });

  test('what a member bears in all', () => {
    const result = allocated({ key: 'equal' }, [costOf(100n), costOf(100n)], four.slice(0, 2));
    expect(totalSentence(result, four[0]!)).toBe(
      'Laval\u00a0: 1,00\u00a0€ HT et 0,20\u00a0€ de TVA, 1,20\u00a0€ TTC, sur 2\u00a0lignes de frais.',
    );
    expect(totalSentence(allocated({ key: 'none' }, [costOf(1n)], four), four[0]!)).toContain(
      'Aucun titre à émettre',
    );
  });

  test.each(KEYS.slice(1))(
    '%s: parts add up to the share, exact shares to the total, and spare cents to those left over',
    (_, choice) =>
      fc.assert(
        fc.property(
          anyMembers,
          anyCosts,
          fc.option(fc.bigInt({ min: 50n, max: 10n ** 9n }), { freq: 3 }),
          (members, costs, bound) => {
            const tariff = ['strata', 'per-inhabitant', 'energy', 'per-act'].includes(choice.key);
            const top = costs.reduce((total, { net }) => total + net, 0n);
            const tight = top / BigInt(members.length) + 1n;
            const highest = bound === null ? null : bound > tight ? bound : tight;
            const found = allocate(
              choice,
              costs,
              members,
              tariff || highest === null ? NO_MODIFIER : cap(highest),
            );
            fc.pre(found.ok);
            const { result } = found;
            for (const line of result.lines) {
              const explained = explainLine(result, line);
              for (const share of explained) {
                const rounded = share.parts.reduce((total, part) => total + part.rounded, 0n);
                if (!share.frozen) expect(rounded).toBe(share.net);
                const sentence = shareSentence(result, line, share.member);
                expect(sentence).toMatch(/^Commune .*\.$/u);
                expect(sentence).not.toMatch(/ [:;€%]|undefined/u);
              }
              if (tariff) continue;
              const total = addFractions(explained.map(({ exact, net }) => exact ?? fraction(net)));
              expect(total.numerator).toBe(line.net * total.denominator);
              for (const [part] of line.pool.parts.entries()) {
                const spares = explained.flatMap(({ parts }) => parts.slice(part, part + 1));
                const came = spares.filter(
                  ({ spare }) => spare === 'received' || spare === 'received_by_tie',
                ).length;
                expect(spares.every(({ spareCents }) => spareCents === BigInt(came))).toBe(true);
              }
            }
          },
        ),
        { numRuns: 20 },
      ),
  );

  test('fractions add exactly', () => {
    expect(addFractions([fraction(1n, 3n), fraction(1n, 6n)])).toEqual({ numerator: 9n, denominator: 18n });
  });
});
