import { randomUUID } from 'node:crypto';
import type { Role } from '../../../src/accounts/roles.rules.js';
import type { Recipes, Target } from './recipe.js';

/** What people do about accounts, on a buyer or in a group. */
export const accountRecipes: Recipes = (world) => {
  const place = (target: Target) => world()[target];
  const invited = () => ({ email: `${randomUUID()}@mairie.example`, name: 'Anne Leroy' });

  async function freshRole(role: Role, on: { buyerId?: string; groupId?: string }): Promise<string> {
    const { personId } = await world().nobody();
    const [row] = await world().source.query<{ id: string }[]>(
      `insert into role_grant (id, person_id, role, buyer_id, group_id, granted_at) values ($1, $2, $3, $4, $5, now())
       returning id`,
      [randomUUID(), personId, role, on.buyerId ?? null, on.groupId ?? null],
    );
    return row!.id;
  }

  async function freshMandate(buyerId: string): Promise<string> {
    const { personId } = await world().delegate(buyerId);
    const [row] = await world().source.query<{ id: string }[]>(
      `select id from role_grant where person_id = $1 and role = 'delegate'`,
      [personId],
    );
    return row!.id;
  }

  async function freshInvitation(on: { buyerId: string | null; groupId: string | null }): Promise<string> {
    const email = `${randomUUID()}@mairie.example`;
    await world().invitation('finance_officer', on, email);
    const [row] = await world().source.query<{ id: string }[]>(
      `select id from one_time_link where email = $1`,
      [email],
    );
    return row!.id;
  }

  async function freshReadingLink(groupId: string): Promise<string> {
    await world().reader(groupId);
    const [row] = await world().source.query<{ id: string }[]>(
      `select id from reading_link where group_id = $1 order by id desc limit 1`,
      [groupId],
    );
    return row!.id;
  }

  const buyerPath = (rest: string) => (target: Target) => ({
    path: `/buyers/${place(target).buyerId}${rest}`,
  });
  const groupPath = (rest: string) => (target: Target) => ({
    path: `/groups/${place(target).groupId}${rest}`,
  });

  return {
    'GET /me': () => ({ path: '/me' }),
    'PATCH /me': async (_, holder) => {
      const [row] = await world().source.query<{ version: number }[]>(
        `select version from person where id = $1`,
        [holder.personId],
      );
      return {
        path: '/me',
        body: { name: 'Claire Durand' },
        headers: { 'If-Match': `"${row?.version ?? 1}"` },
      };
    },
    'PUT /me/password': () => ({ path: '/me/password', body: { password: 'quatre arbres sur la place' } }),
    'GET /me/tokens': () => ({ path: '/me/tokens' }),
    'POST /me/tokens': () => ({
      path: '/me/tokens',
      body: { label: 'essai', keys: ['account.self'], days: 3 },
    }),
    'DELETE /me/tokens/:tokenId': async (_, holder) => {
      const id = randomUUID();
      if (holder.personId)
        await world().source.query(
          `insert into api_token (id, person_id, label, secret_sha256, keys, created_at, expires_at)
           values ($1::uuid, $2, 'essai', sha256(gen_random_uuid()::text::bytea), '{account.self}', now(), now() + interval '1 day')`,
          [id, holder.personId],
        );
      return { path: `/me/tokens/${id}` };
    },
    'DELETE /session': () => ({ path: '/session', endsSession: true }),
    'GET /people': () => ({ path: '/people' }),
    'GET /people/:personId': async (target, holder) => ({
      path: `/people/${target === 'own' ? (holder.personId ?? randomUUID()) : (await world().nobody()).personId!}`,
    }),
    'POST /people/:personId/closure': async () => ({
      path: `/people/${(await world().nobody()).personId!}/closure`,
    }),
    'POST /administrators/invitations': () => ({ path: '/administrators/invitations', body: invited() }),
    'GET /buyers/:buyerId': buyerPath(''),
    'GET /buyers/:buyerId/roles': buyerPath('/roles'),
    'GET /buyers/:buyerId/invitations': buyerPath('/invitations'),
    'GET /buyers/:buyerId/journal': buyerPath('/journal'),
    'GET /buyers/:buyerId/journal.csv': buyerPath('/journal.csv'),
    'DELETE /buyers/:buyerId/roles/:roleId': async (target) => {
      const { buyerId } = place(target);
      return { path: `/buyers/${buyerId}/roles/${await freshRole('finance_officer', { buyerId })}` };
    },
    'POST /buyers/:buyerId/invitations': (target) => ({
      ...buyerPath('/invitations')(target),
      body: { ...invited(), role: 'commune_secretary' },
    }),
    'DELETE /buyers/:buyerId/invitations/:invitationId': async (target) => {
      const { buyerId } = place(target);
      return { path: `/buyers/${buyerId}/invitations/${await freshInvitation({ buyerId, groupId: null })}` };
    },
    'POST /buyers/:buyerId/mandates': async (target) => {
      const email = `${randomUUID()}@agglo.example`;
      await world().nobody(email);
      const body = { email, reference: 'délibération 12', startsOn: '2026-01-01', endsOn: '2199-12-31' };
      return { ...buyerPath('/mandates')(target), body };
    },
    'DELETE /buyers/:buyerId/mandates/:mandateId': async (target) => {
      const { buyerId } = place(target);
      return { path: `/buyers/${buyerId}/mandates/${await freshMandate(buyerId)}` };
    },
    'POST /buyers/:buyerId/mandates/:mandateId/contestation': async (target) => {
      const { buyerId } = place(target);
      return {
        path: `/buyers/${buyerId}/mandates/${await freshMandate(buyerId)}/contestation`,
        body: { reason: 'sans délibération' },
      };
    },
    'GET /groups/:groupId': groupPath(''),
    'GET /groups/:groupId/roles': groupPath('/roles'),
    'GET /groups/:groupId/invitations': groupPath('/invitations'),
    'GET /groups/:groupId/journal': groupPath('/journal'),
    'GET /groups/:groupId/reading-links': groupPath('/reading-links'),
    'POST /groups/:groupId/reading-links': (target) => ({
      ...groupPath('/reading-links')(target),
      body: { label: 'conseil municipal', days: 30 },
    }),
    'DELETE /groups/:groupId/reading-links/:linkId': async (target) => {
      const { groupId } = place(target);
      return { path: `/groups/${groupId}/reading-links/${await freshReadingLink(groupId)}` };
    },
    'DELETE /groups/:groupId/roles/:roleId': async (target) => {
      const { groupId } = place(target);
      return { path: `/groups/${groupId}/roles/${await freshRole('legal_validator', { groupId })}` };
    },
    'POST /groups/:groupId/invitations': (target) => ({
      ...groupPath('/invitations')(target),
      body: { ...invited(), role: 'legal_validator' },
    }),
    'DELETE /groups/:groupId/invitations/:invitationId': async (target) => {
      const { groupId } = place(target);
      return { path: `/groups/${groupId}/invitations/${await freshInvitation({ buyerId: null, groupId })}` };
    },
  };
};
