import type { DashboardAnswer } from '../../src/desk/desk.dto.js';
import { type Holder, World } from '../accounts/world.js';
import { type Census, declarable, moveCensus, openCensus, transmitted } from '../support/census.js';
import { boughtLastYear, countedNeed, moreMember, populate, typed } from '../support/members.js';
import { joinGroup } from '../support/publishable.js';

let world: World;
let officer: Holder;
let of: Census;
let others: string[];

beforeAll(async () => {
  world = await World.open();
  const { buyerId, groupId } = world.own;
  officer = await world.person('procurement_officer', { buyerId: null, groupId });
  await joinGroup(world.source, groupId, buyerId);
  await populate(world.source, buyerId, 2000);
});
afterAll(() => world.close());

/** Five communes of 1 000 inhabitants ask for 10 to 50 of A-1 and B-1, at 6.15 €; ours has 2 000 and says nothing. */
beforeEach(async () => {
  of = await declarable(world.source, world.own);
  await world.source.query(`update consultation set planned_launch_on = '2027-01-15' where id = $1`, [
    of.consultationId,
  ]);
  await openCensus(world.source, of);
  others = [];
  for (const [n, quantity] of ['10', '20', '30', '40', '50'].entries()) {
    const buyerId = await moreMember(world.source, world.own.groupId, of, `Commune ${n}`, 1000);
    await countedNeed(world.source, of, buyerId, of.itemIds[0], quantity);
    await countedNeed(world.source, of, buyerId, of.itemIds[2], quantity);
    others.push(buyerId);
  }
});

const path = () => `/consultations/${of.consultationId}/needs-dashboard`;
const read = async (): Promise<DashboardAnswer> => {
  const response = await world.api(path(), officer);
  const text = await response.text();
  expect([response.status, response.ok ? '' : text]).toEqual([200, '']);
  return JSON.parse(text) as DashboardAnswer;
};

test('what counts, and apart from it what those who are missing might need', async () => {
  await boughtLastYear(world.source, of, of.buyerId, of.itemIds[0], '100');
  await boughtLastYear(world.source, of, others[0]!, of.itemIds[0], '8');
  // What waits or is late does not count.
  await countedNeed(world.source, of, of.buyerId, of.itemIds[1], '1000', 'late');
  const { lots, total, value, signals } = await read();
  const [first, second] = lots;
  // 150 × 6.15 = 922.50 a year, over one year and three renewals; 100 last year are 615.00.
  expect(first).toMatchObject({
    ...{ number: 1, members: 5, yearly: '922.50', whole: '3690.00' },
    missing: [
      { buyerId: of.buyerId, excludedAt: null, projection: { basis: 'last_year', yearly: '615.00' } },
    ],
    projected: { yearly: '1537.50', whole: '6150.00', complete: true },
    // 8 then 10 of the one member whose past is known and who counts.
    change: { members: 1, lastYear: '49.20', thisYear: '61.50', percent: '25.0' },
  });
  expect(first!.sentence).toContain('1\u00a0membre sans réponse qui compte, hors du total');
  // 30 for 1 000 inhabitants is the median: 60 for 2 000, 369.00.
  expect(second).toMatchObject({
    ...{ yearly: '922.50', change: null },
    missing: [{ projection: { basis: 'median', yearly: '369.00' } }],
    projected: { yearly: '1291.50', complete: true },
  });
  expect(total).toEqual({
    ...{ yearly: '1845.00', whole: '7380.00', years: 4 },
    projected: { yearly: '2829.00', whole: '11316.00', complete: true },
  });
  // Accords-cadres without a maximum are worth their needs at least.
  expect(value).toMatchObject({ net: '7380.00', complete: false, lawOn: '2027-01-15' });
  expect(value.margins[0]).toMatchObject({
    ...{ code: 'dispense_fs', threshold: '60000.00', margin: '52620.00', reached: false, next: true },
  });
  expect(signals).toEqual({ toConfirm: 0, confirmed: 0 });
});

test('where the members are, what is to check, and the last thing that was done', async () => {
  expect(await read()).toMatchObject({
    progress: { members: 6, answered: 0, drafts: 0, noAnswer: 6, excluded: 0 },
    lastActivityAt: null,
  });
  await typed(world.source, of, others[0]!, of.itemIds[0], '40.5');
  await world.source.query(
    `update need_entry set updated_at = now() + interval '1 minute' where consultation_id = $1`,
    [of.consultationId],
  );
  await transmitted(world.source, of, 'late');
  await transmitted(world.source, { ...of, buyerId: others[1]! });
  await world.source.query(
    `update need_version set contested_at = now(), contest_reason = 'non' where consultation_id = $1 and buyer_id = $2`,
    [of.consultationId, others[1]],
  );
  await transmitted(world.source, { ...of, buyerId: others[2]! });
  await world.source.query(
    `update need_declaration set revision = 1 where consultation_id = $1 and buyer_id = $2`,
    [of.consultationId, others[2]],
  );
  const dashboard = await read();
  expect(dashboard.progress).toEqual({
    ...{ members: 6, answered: 2, drafts: 1, noAnswer: 2, refused: 0, contested: 1 },
    ...{ awaitingValidation: 0, awaitingDecision: 1, modified: 1, late: 1, excluded: 0 },
  });
  expect(dashboard.signals).toEqual({ toConfirm: 1, confirmed: 0 });
  const draft = dashboard.members.find(({ buyerId }) => buyerId === others[0])!;
  expect([draft.state, dashboard.lastActivityAt]).toEqual(['draft', draft.lastActivityAt]);
  expect(dashboard.members.map(({ buyerName }) => buyerName)).toEqual(
    dashboard.members.map(({ buyerName }) => buyerName).sort((a, b) => a.localeCompare(b, 'fr')),
  );
});

test('once the census is closed, the silent are named as excluded', async () => {
  await moveCensus(world.source, of, -60);
  expect((await read()).campaign.state).toBe('locked');
  const closed = await world.post(
    `/consultations/${of.consultationId}/needs-campaign/closure`,
    officer,
    {},
    { 'If-Match': '"1"' },
  );
  expect(closed.status).toBe(201);
  const { campaign, progress, lots, members } = await read();
  expect([campaign.state, progress.members, progress.excluded]).toEqual(['closed', 6, 1]);
  const name = members.find(({ buyerId }) => buyerId === of.buyerId)!;
  expect(name.excludedLots).toBe(2);
  for (const { missing, sentence, yearly } of lots) {
    expect(yearly).toBe('922.50');
    expect(missing).toMatchObject([
      { buyerId: of.buyerId, excludedAt: campaign.closedAt, projection: { basis: 'median' } },
    ]);
    expect(sentence).toBe(`1\u00a0membre exclu du lot, faute de réponse\u00a0: ${name.buyerName}.`);
  }
});

test('is not for members, and there is none without a census', async () => {
  const secretary = await world.person('commune_secretary', { buyerId: of.buyerId, groupId: null });
  expect((await world.api(path(), secretary)).status).toBe(403);
  of = await declarable(world.source, world.own);
  const response = await world.api(path(), officer);
  expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
    409,
    'NEEDS_NOT_OPEN',
  ]);
});
