import fc from 'fast-check';
import type { DataSource, EntityManager } from 'typeorm';
import type { DeclarationPlace } from '../../src/declarations/declaration-access.service.js';
import { LinesService } from '../../src/declarations/lines.service.js';
import { LotAnswersService } from '../../src/declarations/lot-answers.service.js';
import { VersionsService } from '../../src/declarations/versions.service.js';
import { readForm } from '../../src/forms/form.import.js';
import { FormsService } from '../../src/forms/forms.service.js';
import { CSV_TYPE } from '../../src/platform/http/file-body.js';
import { Refused } from '../../src/platform/refusals/refused.js';
import { type Census, declarable, openCensus } from '../support/census.js';
import { OPERATOR } from '../support/trace.js';
import { World } from '../accounts/world.js';

/** What a member would keep on paper: what it typed, and what it last sent. */
class Paper {
  readonly typed = new Map<number, { readonly estimate: string | null; readonly version: number }>();
  readonly noNeed = new Set<number>();
  sent: ReadonlyMap<number, string> = new Map();
  sentOf: string | null = null;

  said(): Map<number, string> {
    const said = new Map<number, string>();
    for (const [item, { estimate }] of this.typed) if (estimate !== null) said.set(item, estimate);
    for (const lot of this.noNeed)
      for (const item of ITEMS_OF[lot]!) if (!said.has(item)) said.set(item, '0');
    return said;
  }

  /** Why it may not be sent; null: it may. */
  refusal(): string | null {
    // A trace of all that was ever typed: what comes back to what was sent is a change all the same.
    if (this.sentOf !== null && this.sentOf === this.history) return 'ALREADY_TRANSMITTED';
    const answered = (lot: number): boolean =>
      this.noNeed.has(lot) ||
      ITEMS_OF[lot]!.some((item) => (this.typed.get(item)?.estimate ?? null) !== null);
    const twice = (lot: number): boolean =>
      this.noNeed.has(lot) && ITEMS_OF[lot]!.some((item) => Number(this.typed.get(item)?.estimate ?? 0) > 0);
    return [0, 1].every(answered) && ![0, 1].some(twice) ? null : 'NEEDS_SILENT';
  }

  history = '';
}

const CODES = ['A-1', 'A-2', 'B-1'];
const ITEMS_OF: Readonly<Record<number, readonly number[]>> = { 0: [0, 1], 1: [2] };

let world: World;
let source: DataSource;
beforeAll(async () => {
  world = await World.open();
  source = world.source;
});
afterAll(() => world.close());

/** Null: the file has no line for the item. */
const quantity = fc.constantFrom(null, '0', '3', '7.5');

const act = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('type' as const),
      item: fc.nat(2),
      estimate: fc.constantFrom<(string | null)[]>(null, '0', '2.5', '40'),
      stale: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('no-need' as const), lot: fc.nat(1), noNeed: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('import' as const),
      estimates: fc.tuple(quantity, quantity, quantity),
      // Between the check and its application, somebody types.
      raced: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('transmit' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('contest' as const) }) },
);

type Step = typeof act extends fc.Arbitrary<infer T> ? T : never;

/** The code of a refusal; null when it is done. */
async function attempt(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}

async function perform(of: Census, place: DeclarationPlace, paper: Paper, step: Step): Promise<void> {
  const app = world.app;
  const run = <T>(work: (tx: EntityManager) => Promise<T>) => source.transaction(work);
  if (step.do === 'type') {
    const before = paper.typed.get(step.item) ?? { estimate: null, version: 0 };
    const version = step.stale ? before.version + 1 : before.version;
    const line = { itemId: of.itemIds[step.item]!, version, estimate: step.estimate };
    const refused = await attempt(() => run((tx) => app.get(LinesService).type(tx, place, [line])));
    const same = before.estimate === step.estimate;
    expect(refused).toBe(step.stale && !same ? 'NEED_LINES_CONFLICT' : null);
    if (refused !== null || same) return;
    paper.typed.set(step.item, { estimate: step.estimate, version: before.version + 1 });
    paper.history += `${step.item}=${step.estimate};`;
  } else if (step.do === 'no-need') {
    const positive = ITEMS_OF[step.lot]!.some((item) => Number(paper.typed.get(item)?.estimate ?? 0) > 0);
    const answer = { noNeed: step.noNeed, contractEndsOn: null, noticeMonths: null };
    const [row] = await source.query<{ version: number }[]>(
      `select version from need_lot_answer where lot_id = $1 and buyer_id = $2`,
      [of.lotIds[step.lot], of.buyerId],
    );
    const refused = await attempt(() =>
      run((tx) =>
        app.get(LotAnswersService).answer(tx, place, of.lotIds[step.lot]!, row?.version ?? null, answer),
      ),
    );
    expect(refused).toBe(step.noNeed && positive ? 'NO_NEED_BESIDE_QUANTITIES' : null);
    if (refused !== null || (row !== undefined && paper.noNeed.has(step.lot) === step.noNeed)) return;
    if (step.noNeed) paper.noNeed.add(step.lot);
    else paper.noNeed.delete(step.lot);
    paper.history += `lot${step.lot}=${String(step.noNeed)};`;
  } else if (step.do === 'import') {
    await importFile(of, place, paper, step);
  } else if (step.do === 'transmit') {
    const refused = await attempt(() => run((tx) => app.get(VersionsService).transmit(tx, place, true)));
    expect(refused).toBe(paper.refusal());
    if (refused !== null) return;
    [paper.sent, paper.sentOf] = [paper.said(), paper.history];
  } else {
    const [row] = await source.query<{ number: number | null }[]>(
      `select max(number) as number from need_version where consultation_id = $1 and buyer_id = $2`,
      [of.consultationId, of.buyerId],
    );
    if (row!.number === null) return;
    await attempt(() => run((tx) => app.get(VersionsService).contest(tx, place, row!.number!, 'non')));
    [paper.sent, paper.sentOf] = [new Map(), null];
  }
}

/** A file of the member, checked then applied whole; raced, a line of it changes in between and nothing is written. */
async function importFile(
  of: Census,
  place: DeclarationPlace,
  paper: Paper,
  { estimates, raced }: Extract<Step, { readonly do: 'import' }>,
): Promise<void> {
  const forms = world.app.get(FormsService);
  const rows = CODES.flatMap((code, item) =>
    estimates[item] === null ? [] : [`${code};${estimates[item]!.replace('.', ',')}`],
  );
  if (rows.length === 0) return;
  const bytes = Buffer.from(['code_article;quantite_estimee', ...rows, ''].join('\r\n'));
  const reading = await readForm({ bytes, type: CSV_TYPE });
  const { token } = await source.transaction((tx) => forms.check(tx, place, bytes, reading));
  const item = estimates.findIndex((estimate) => estimate !== null);
  const conflicts = raced && paper.typed.get(item)?.estimate !== '41';
  if (raced) await perform(of, place, paper, { do: 'type', item, estimate: '41', stale: false });
  const changed = CODES.map((_, at) => at).filter(
    (at) => estimates[at] != null && estimates[at] !== (paper.typed.get(at)?.estimate ?? null),
  );
  const refused = await attempt(() =>
    source.transaction((tx) => forms.apply(tx, place, bytes, reading, { mode: 'all', token })),
  );
  expect(refused).toBe(conflicts ? 'NEED_LINES_CONFLICT' : null);
  if (refused !== null) return;
  for (const at of changed) {
    paper.typed.set(at, { estimate: estimates[at]!, version: (paper.typed.get(at)?.version ?? 0) + 1 });
    paper.history += `${at}=${estimates[at]!};`;
  }
}

test('whatever is typed, imported, refused, transmitted and contested, in any order, what counts is what was last sent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 14 }), async (steps) => {
      const of = await declarable(source, world.own);
      await openCensus(source, of);
      const place: DeclarationPlace = {
        ...{ groupId: world.own.groupId, consultationId: of.consultationId, buyerId: of.buyerId },
        trace: OPERATOR,
      };
      const paper = new Paper();
      for (const step of steps) await perform(of, place, paper, step);
      const rows = await source.query<{ item_id: string; estimate: string }[]>(
        `select item_id, trim_scale(estimate)::text as estimate from need_line
         where consultation_id = $1 and standing = 'valid'`,
        [of.consultationId],
      );
      expect(new Map(rows.map((row) => [of.itemIds.indexOf(row.item_id), row.estimate]))).toEqual(
        new Map([...paper.sent].sort(([a], [b]) => a - b)),
      );
    }),
    { numRuns: 25 },
  );
});
