import { randomUUID } from 'node:crypto';
import { OneTimeLinksService } from '../../src/accounts/one-time-links.service.js';
import { cookieOf, type Holder, problem, World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

const secretary = () => world.invitation('commune_secretary', { buyerId: world.own.buyerId, groupId: null });
const use = (secret: string, answer: object = {}) =>
  world.post(`/one-time-links/${secret}/session`, undefined, answer);
const past = (table: string) =>
  world.source.query(
    `update ${table} set created_at = created_at - interval '2 years', expires_at = now() - interval '1 second'
     where id = (select id from ${table} order by id desc limit 1)`,
  );

describe('an invitation', () => {
  test('read any number of times is still good; used once, it is spent', async () => {
    const secret = await secretary();
    for (let time = 0; time < 3; time += 1) {
      const read = await world.api(`/one-time-links/${secret}`);
      expect([read.status, await read.json()]).toMatchObject([
        200,
        {
          purpose: 'invitation',
          role: 'secrétaire de mairie',
          place: 'Argentré',
          createsAccount: true,
          next: 'POST sur cette adresse suivie de /session, avec votre nom.',
        },
      ]);
    }
    const response = await use(secret);
    expect(response.status).toBe(201);
    expect(response.headers.getSetCookie()[0]).toMatch(/^halle_session=.*; HttpOnly; SameSite=Lax$/);
    const me = await world.api('/me', { personId: null, headers: { Cookie: cookieOf(response) } });
    expect(await me.json()).toMatchObject({
      name: 'Claire Martin',
      hasPassword: false,
      roles: [{ role: 'commune_secretary', buyerName: 'Argentré', groupTitle: null }],
    });
    expect(await problem(use(secret))).toEqual([410, 'LINK_ALREADY_USED']);
    expect(await problem(world.api(`/one-time-links/${secret}`))).toEqual([410, 'LINK_ALREADY_USED']);
  });

  test('used by two at once makes one account, one role, one session', async () => {
    const email = `${randomUUID()}@mairie.example`;
    const place = { buyerId: world.own.buyerId, groupId: null };
    const secret = await world.invitation('commune_secretary', place, email);
    const statuses = (await Promise.all([1, 2, 3, 4, 5].map(() => use(secret)))).map(({ status }) => status);
    expect(statuses.sort()).toEqual([201, 410, 410, 410, 410]);
    const [count] = await world.source.query<{ people: number; roles: number }[]>(
      `select count(distinct p.id)::int as people, count(r.id)::int as roles
       from person p join role_grant r on r.person_id = p.id where p.email = $1`,
      [email],
    );
    expect(count).toEqual({ people: 1, roles: 1 });
  });

  test('two for one address, used at once, make one account with both roles', async () => {
    const email = `${randomUUID()}@mairie.example`;
    const secrets = [
      await world.invitation('commune_secretary', { buyerId: world.own.buyerId, groupId: null }, email),
      await world.invitation('legal_validator', { buyerId: null, groupId: world.own.groupId }, email),
    ];
    const answers = await Promise.all(secrets.map((secret) => use(secret)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    const people = (await Promise.all(answers.map((answer) => answer.json()))) as {
      personId: string;
      signedIn: boolean;
    }[];
    expect(people[0]!.personId).toBe(people[1]!.personId);
    // Only the link that made the account opens it: the other lives long, and may have been forwarded.
    expect(people.map(({ signedIn }) => signedIn).sort()).toEqual([false, true]);
    const [held] = await world.source.query<{ roles: string[] }[]>(
      `select array_agg(role order by role) as roles from role_grant where person_id = $1`,
      [people[0]!.personId],
    );
    expect(held!.roles).toEqual(['commune_secretary', 'legal_validator']);
  });

  test('expired, revoked or unknown is refused, each with its reason', async () => {
    const expired = await secretary();
    await past('one_time_link');
    expect(await problem(use(expired))).toEqual([410, 'LINK_EXPIRED']);
    const revoked = await secretary();
    await world.source.query(
      `update one_time_link set revoked_at = now() where id = (select id from one_time_link order by id desc limit 1)`,
    );
    expect(await problem(use(revoked))).toEqual([410, 'LINK_REVOKED']);
    expect(await problem(use('nothing-like-this'))).toEqual([404, 'NOT_FOUND']);
  });

  test('leaves no secret in the database', async () => {
    const secret = await secretary();
    const [row] = await world.source.query<{ text: string }[]>(
      `select row_to_json(l)::text as text from one_time_link l order by id desc limit 1`,
    );
    expect(row!.text).not.toContain(secret);
    expect(row!.text).not.toContain(Buffer.from(secret).toString('hex'));
  });
});

describe('who invites whom', () => {
  let officer: Holder;
  beforeAll(async () => {
    officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
  });
  const invite = (role: string, buyerId?: string) =>
    world.post(`/groups/${world.own.groupId}/invitations`, officer, {
      email: `${randomUUID()}@mairie.example`,
      name: 'Anne Leroy',
      role,
      ...(buyerId === undefined ? {} : { buyerId }),
    });

  test('the coordinator invites the first people of a member, until the member has its validator', async () => {
    expect((await invite('commune_validator', world.own.buyerId)).status).toBe(201);
    await world.person('commune_validator', { buyerId: world.own.buyerId, groupId: null });
    const refused = await invite('commune_secretary', world.own.buyerId);
    expect([refused.status, await refused.json()]).toMatchObject([
      409,
      {
        code: 'MEMBER_HAS_ITS_VALIDATOR',
        detail:
          'Argentré a déjà une personne qui valide en son nom\u00a0: c’est à elle d’inviter les suivantes.',
      },
    ]);
  });

  test('what the coordinator had sent before is no longer good once the member has its validator', async () => {
    const buyerId = world.other.buyerId;
    const elsewhere = await world.person('procurement_officer', {
      buyerId: null,
      groupId: world.other.groupId,
    });
    const send = (role: string) =>
      world.post(`/groups/${world.other.groupId}/invitations`, elsewhere, {
        email: `${randomUUID()}@mairie.example`,
        name: 'Anne Leroy',
        role,
        buyerId,
      });
    const { id } = (await (await send('commune_secretary')).json()) as { id: string };
    const secret = randomUUID();
    await world.source.query(
      `update one_time_link set secret_sha256 = sha256($2::text::bytea) where id = $1`,
      [id, secret],
    );
    const listed = await world.api(`/groups/${world.other.groupId}/invitations`, elsewhere);
    expect(((await listed.json()) as { items: object[] }).items[0]).toMatchObject({ id, buyerId });
    await world.person('commune_validator', { buyerId, groupId: null });
    expect(await problem(use(secret))).toEqual([409, 'MEMBER_HAS_ITS_VALIDATOR']);
    const revoked = await world.api(`/groups/${world.other.groupId}/invitations/${id}`, elsewhere, {
      method: 'DELETE',
    });
    expect(revoked.status).toBe(204);
    expect(await problem(use(secret))).toEqual([410, 'LINK_REVOKED']);
  });

  test('two links for the first validator of one member, used at once: one is', async () => {
    for (let time = 0; time < 5; time += 1) {
      const buyerId = randomUUID();
      await world.source.query(`insert into buyer (id, siret, name) values ($1, $2, 'Bourgon')`, [
        buyerId,
        `4${String(time).padStart(13, '0')}`,
      ]);
      await world.source.query(
        `insert into membership (group_id, buyer_id, joined_at) values ($1, $2, now())`,
        [world.own.groupId, buyerId],
      );
      const secrets = [randomUUID(), randomUUID(), randomUUID()];
      for (const secret of secrets) {
        const { id } = (await (await invite('commune_validator', buyerId)).json()) as { id: string };
        await world.source.query(
          `update one_time_link set secret_sha256 = sha256($2::text::bytea) where id = $1`,
          [id, secret],
        );
      }
      const answers = await Promise.all(secrets.map((secret) => use(secret)));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    }
  });

  test('nobody is invited in the name of a buyer that declined', async () => {
    const buyerId = randomUUID();
    await world.source.query(`insert into buyer (id, siret, name) values ($1, '50000000000001', 'Olivet')`, [
      buyerId,
    ]);
    await world.source.query(
      `insert into membership (group_id, buyer_id, declined_at) values ($1, $2, now())`,
      [world.own.groupId, buyerId],
    );
    expect(await problem(invite('commune_validator', buyerId))).toEqual([409, 'BUYER_DECLINED']);
    expect(await world.source.query(`select id from one_time_link where buyer_id = $1`, [buyerId])).toEqual(
      [],
    );
  });

  test('the coordinator invites nobody for a buyer that is not in the group', async () => {
    expect(await problem(invite('commune_validator', world.other.buyerId))).toEqual([
      422,
      'BUYER_NOT_IN_GROUP',
    ]);
  });

  test('no invitation makes an administrator, a delegate or a reader of a group', async () => {
    for (const role of ['administrator', 'delegate', 'elected_reader', 'commune_validator'])
      expect(await problem(invite(role))).toEqual([422, 'ROLE_NOT_INVITABLE']);
  });

  test('the last who validates in a buyer’s name does not leave before another is there', async () => {
    const buyerId = randomUUID();
    await world.source.query(`insert into buyer (id, siret, name) values ($1, '60000000000001', 'Forcé')`, [
      buyerId,
    ]);
    const validator = await world.person('commune_validator', { buyerId, groupId: null });
    const leave = async () => {
      const list = await world.api(`/buyers/${buyerId}/roles`, validator);
      const { items } = (await list.json()) as { items: { id: string; personId: string }[] };
      const own = items.find(({ personId }) => personId === validator.personId)!;
      return world.api(`/buyers/${buyerId}/roles/${own.id}`, validator, { method: 'DELETE' });
    };
    expect(await problem(leave())).toEqual([409, 'LAST_VALIDATOR']);
    await world.person('commune_validator', { buyerId, groupId: null });
    expect((await leave()).status).toBe(204);
  });

  test('an address that no mail server would take is refused', async () => {
    for (const email of ['"a b"@mairie.example', 'é@mairie.example', 'a\r\nb@mairie.example', 12]) {
      const refused = await world.post(`/groups/${world.own.groupId}/invitations`, officer, {
        email,
        name: 'Anne Leroy',
        role: 'legal_validator',
      });
      const { errors } = (await refused.json()) as { errors: { pointer: string; code: string }[] };
      expect([refused.status, errors.map(({ pointer, code }) => `${pointer} ${code}`)]).toEqual([
        422,
        ['#/email isEmail'],
      ]);
    }
  });

  test('every fault of an invitation is told, each where it is', async () => {
    const refused = await world.post(`/groups/${world.own.groupId}/invitations`, officer, {
      email: 'mairie',
      role: 'maire',
      buyerId: '12',
      note: 'bonjour',
    });
    const { errors } = (await refused.json()) as { errors: { pointer: string; detail: string }[] };
    expect([refused.status, errors.map(({ pointer }) => pointer).sort()]).toEqual([
      422,
      ['#/buyerId', '#/email', '#/name', '#/note', '#/role'],
    ]);
  });
});

describe('the first administrator', () => {
  const link = () =>
    world.source.transaction((tx) => world.app.get(OneTimeLinksService).firstAdministrator(tx, new Date()));

  test('is made once, by whoever holds the link of the console, who gives an address nobody has', async () => {
    const secrets = (await Promise.all([link(), link(), link()])) as string[];
    expect(await problem(use(secrets[0]!, { name: 'Ada' }))).toEqual([422, 'LINK_NEEDS_AN_ADDRESS']);
    expect(await problem(use(secrets[0]!, { email: 'ada@agglo.example' }))).toEqual([
      422,
      'LINK_NEEDS_A_NAME',
    ]);
    await world.nobody('taken@agglo.example');
    expect(await problem(use(secrets[0]!, { name: 'Ada', email: 'taken@agglo.example' }))).toEqual([
      409,
      'ADDRESS_TAKEN',
    ]);
    const answers = await Promise.all(
      secrets.map((secret, i) => use(secret, { name: 'Ada', email: `ada${i}@agglo.example` })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 410, 410]);
    const me = await world.api('/me', {
      personId: null,
      headers: { Cookie: cookieOf(answers.find(({ status }) => status === 201)!) },
    });
    expect(await me.json()).toMatchObject({ roles: [{ role: 'administrator' }] });
    expect(await link()).toBeNull();
  });
});

describe('a reading link', () => {
  const word = (holder: Holder) => holder.headers['Authorization']!.replace('Bearer ', '');

  test('reads its group in one click, and nothing else', async () => {
    const reader = await world.reader(world.own.groupId);
    const page = await world.api(`/readings/${word(reader)}`);
    expect([page.status, await page.json()]).toMatchObject([
      200,
      { id: world.own.groupId, title: 'Achats de Argentré' },
    ]);
    expect((await world.api(`/groups/${world.own.groupId}`, reader)).status).toBe(200);
    expect(await problem(world.api(`/groups/${world.other.groupId}`, reader))).toEqual([404, 'NOT_FOUND']);
    expect(await problem(world.api('/me', reader))).toEqual([404, 'NOT_FOUND']);
  });

  test('forged or revoked reads nothing, by address as by header', async () => {
    const reader = await world.reader(world.own.groupId);
    const [kind, id, , signature] = word(reader).split('.');
    const longer = (Math.trunc(Date.now() / 1000) + 10 ** 9).toString(36);
    const forged = [[kind, id, longer, signature].join('.'), `${word(reader).slice(0, -1)}_`];
    const revoked = word(await world.reader(world.own.groupId));
    await world.source.query(
      `update reading_link set revoked_at = now() where id = (select id from reading_link order by id desc limit 1)`,
    );
    for (const text of [...forged, revoked]) {
      expect(await problem(world.api(`/readings/${text}`))).toEqual([404, 'NOT_FOUND']);
      const header = { personId: null, headers: { Authorization: `Bearer ${text}` } };
      expect(await problem(world.api(`/groups/${world.own.groupId}`, header))).toEqual([
        401,
        'UNAUTHENTICATED',
      ]);
    }
  });

  test('past the date of its row reads nothing, whatever its signature says', async () => {
    const reader = await world.reader(world.own.groupId);
    await past('reading_link');
    expect(await problem(world.api(`/readings/${word(reader)}`))).toEqual([404, 'NOT_FOUND']);
  });
});
