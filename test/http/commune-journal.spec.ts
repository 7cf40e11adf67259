import { type Holder, World } from '../accounts/world.js';
import { type Census, declarable, openCensus } from '../support/census.js';
import { FACT_WORDS } from '../../src/platform/journal/fact-words.js';

let world: World;
let secretary: Holder;
let validator: Holder;
let of: Census;

beforeAll(async () => {
  world = await World.open();
  const { buyerId } = world.own;
  secretary = await world.person('commune_secretary', { buyerId, groupId: null });
  validator = await world.person('commune_validator', { buyerId, groupId: null });
  of = await declarable(world.source, world.own);
  await openCensus(world.source, of);
});
afterAll(() => world.close());

const path = (rest: string): string =>
  `/consultations/${of.consultationId}/declarations/${of.buyerId}${rest}`;
const send = async (method: string, rest: string, holder: Holder, body: object): Promise<void> => {
  const response = await world.api(path(rest), holder, { method, body: JSON.stringify(body) });
  expect([rest, response.ok ? '' : await response.text()]).toEqual([rest, '']);
};

test('the commune reads and takes away all that was done of its declaration, in French', async () => {
  const delegate = await world.delegate(of.buyerId);
  const line = (estimate: string, version: number): object => ({
    lines: [{ itemId: of.itemIds[0], version, estimate }],
  });
  await send('PATCH', '/lines', delegate, line('7', 0));
  await send('PATCH', '/lines', secretary, line('12.5', 1));
  const none = { noNeed: true, contractEndsOn: null, noticeMonths: null };
  await send('PUT', `/lots/${of.lotIds[1]}`, secretary, none);
  await send('POST', '/versions', secretary, { attested: true });
  await send('POST', '/versions/1/contest', validator, { reason: 'Mme Durand n’en veut pas' });

  const page = await world.api(`/buyers/${of.buyerId}/journal?limit=200`, secretary);
  expect(page.status).toBe(200);
  const { items } = (await page.json()) as { items: { key: string }[] };
  const keys = items.map(({ key }) => key).filter((key) => key.startsWith('needs.'));
  expect([...keys].sort()).toEqual(
    ['needs.answer-lot', 'needs.contest', 'needs.transmit', 'needs.type', 'needs.type'].sort(),
  );

  const file = await world.api(`/buyers/${of.buyerId}/journal.csv`, secretary);
  expect(file.status).toBe(200);
  const csv = await file.text();
  const rows = csv.split('\r\n').filter((row) => /;(?:besoins|déclaration de besoins) /.test(row));
  expect(rows).toHaveLength(5);
  const [typed, changed, answered, transmitted, contested] = rows as [string, string, string, string, string];
  // Who, for whom, by which channel, before and after.
  expect(typed).toMatch(/;personne [^;]+;Argentré;Argentré;besoins [^;]+;saisie;;?/);
  expect(typed).toMatch(/A-1\u00a0: 7;API, par délégation;/);
  expect(changed).toMatch(/;saisie;"?A-1\u00a0: 7"?;"?A-1\u00a0: 12,5"?;API;/);
  expect(answered).toMatch(/réponse pour le lot;.*aucun besoin\u00a0: oui/s);
  for (const fact of ['numéro\u00a0: 1', 'type\u00a0: transmission', 'accusé de réception\u00a0: AR-'])
    expect(transmitted).toContain(fact);
  expect(contested).toMatch(/;contestation;/);
  expect(contested).toMatch(/contestée le\u00a0: \d{4}-\d\d-\d\d \d\d:/);
  // A reason may name somebody: it is kept with the version, and out of what is never erased.
  expect(csv).not.toContain('Durand');

  const strange = await world.person('commune_secretary', { buyerId: world.other.buyerId, groupId: null });
  expect((await world.api(`/buyers/${of.buyerId}/journal.csv`, strange)).status).toBe(404);
});

test('every fact that the census tells has its words', async () => {
  const rows = await world.source.query<{ fact: string; key: string }[]>(
    `select distinct key, jsonb_object_keys(coalesce(after, '{}')) as fact from journal_entry
     where subject in ('needs-campaign', 'declaration', 'needs-settings') or key = 'needs.answer-lot'`,
  );
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.filter(({ fact }) => !(fact in FACT_WORDS))).toEqual([]);
});

test('nothing of it is changed nor removed', async () => {
  await expect(
    world.source.query(`delete from journal_entry where buyer_id = $1`, [of.buyerId]),
  ).rejects.toThrow();
  await expect(
    world.source.query(`update journal_entry set after = null where buyer_id = $1`, [of.buyerId]),
  ).rejects.toThrow();
});
