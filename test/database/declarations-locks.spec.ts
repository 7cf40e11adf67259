import { setTimeout as wait } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { CampaignService } from '../../src/declarations/campaign.service.js';
import { OpenDeclarationService } from '../../src/declarations/open-declaration.service.js';
import { World } from '../accounts/world.js';
import { type Census, declarable, joinLots, moveCensus, openCensus } from '../support/census.js';
import { OPERATOR } from '../support/trace.js';

let world: World;
let source: DataSource;
let of: Census;
let neighbour: string;
beforeAll(async () => {
  world = await World.open();
  source = world.source;
});
afterAll(() => world.close());
beforeEach(async () => {
  of = await declarable(source, world.own);
  neighbour = world.other.buyerId;
  await joinLots(source, of, neighbour);
  await openCensus(source, of);
});

/** A transaction that is doing that, until it is told to end. */
function during(work: (tx: EntityManager) => Promise<unknown>) {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  let begun: () => void = () => undefined;
  const began = new Promise<void>((resolve) => (begun = resolve));
  const done = source.transaction(async (tx) => {
    await work(tx);
    begun();
    await ended;
  });
  return {
    began,
    finish: () => {
      end();
      return done;
    },
  };
}
const typing = (buyerId: string) => (tx: EntityManager) =>
  world.app
    .get(OpenDeclarationService)
    .holdToType(tx, { consultationId: of.consultationId, buyerId, trace: OPERATOR });
const stillWaits = (work: Promise<void>) =>
  Promise.race([work.then(() => false), wait(200).then(() => true)]);

test('two members of one group type at the same time', async () => {
  const [one, other] = [during(typing(of.buyerId)), during(typing(neighbour))];
  await Promise.all([one.began, other.began]);
  await Promise.all([one.finish(), other.finish()]);
});

test('two people of one member follow each other, however its id is spelt', async () => {
  const first = during(typing(of.buyerId));
  await first.began;
  const second = during(typing(of.buyerId.toUpperCase()));
  expect(await stillWaits(second.began)).toBe(true);
  await first.finish();
  await second.began;
  await second.finish();
});

test('who conducts waits for those who type, before those that come after', async () => {
  const first = during(typing(of.buyerId));
  await first.began;
  const closing = during((tx) =>
    world.app.get(CampaignService).moveDeadline(tx, OPERATOR, of.consultationId, 1, '2099-01-05T12:00'),
  );
  expect(await stillWaits(closing.began)).toBe(true);
  const next = during(typing(neighbour));
  expect(await stillWaits(next.began)).toBe(true);
  await first.finish();
  await closing.began;
  await closing.finish();
  await next.began;
  await next.finish();
});

test('what was begun in time is in time, and what is begun after it is refused', async () => {
  const first = during(typing(of.buyerId));
  await first.began;
  await first.finish();
  await moveCensus(source, of, -1);
  await expect(source.transaction(typing(of.buyerId))).rejects.toMatchObject({ code: 'NEEDS_LOCKED' });
});
