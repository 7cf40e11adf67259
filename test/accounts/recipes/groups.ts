import { randomUUID } from 'node:crypto';
import { parisDate } from '../../../src/calendar/plain-date.js';
import { inviteAnew } from '../../support/publishable.js';
import type { Recipes, Sent, Target } from './recipe.js';

/** What is done about a group, its members and its agreement. */
export const groupRecipes: Recipes = (world) => {
  const place = (target: Target) => world()[target];
  const sql = (statement: string, parameters: unknown[]) => world().source.query(statement, parameters);

  /** Puts the member of that group back where the request begins. */
  async function standing(target: Target, dates: string): Promise<string> {
    const { buyerId, groupId } = place(target);
    await inviteAnew(world().source, groupId, buyerId);
    if (dates !== '')
      await sql(`update membership set ${dates} where group_id = $1 and buyer_id = $2`, [groupId, buyerId]);
    return `/groups/${groupId}/members/${buyerId}`;
  }
  const JOINED = `joined_at = now(), decision_kind = 'resolution', resolution_on = '2026-06-22', resolution_number = '17'`;

  const act =
    (rest: string, dates: string, body: unknown) =>
    async (target: Target): Promise<Sent> => ({ path: (await standing(target, dates)) + rest, body });
  const read = (rest: string) => (target: Target) => ({ path: `/groups/${place(target).groupId}${rest}` });

  async function version(target: Target, table: string, condition: string): Promise<Record<string, string>> {
    const { buyerId, groupId } = place(target);
    const [row] = (await sql(`select version from ${table} where ${condition}`, [groupId, buyerId])) as {
      version: number;
    }[];
    return { 'If-Match': `"${row!.version}"` };
  }

  /** A consultation launched with that member, by SQL: no route launches yet. */
  async function launched(target: Target): Promise<string> {
    const { buyerId, groupId } = place(target);
    const id = randomUUID();
    await sql(
      `insert into consultation (id, group_id, title, firm_years, renewals) values ($1::uuid, $2, $3, 1, 0)`,
      [id, groupId, `Consultation ${id}`],
    );
    await sql(`insert into group_launch (consultation_id, group_id, launched_at) values ($1, $2, now())`, [
      id,
      groupId,
    ]);
    await sql(`insert into group_launch_member (consultation_id, buyer_id) values ($1, $2)`, [id, buyerId]);
    return id;
  }

  async function free(target: Target): Promise<void> {
    await sql(`update group_launch set ended_at = now() where group_id = $1 and ended_at is null`, [
      place(target).groupId,
    ]);
  }

  const decision = {
    decisionKind: 'resolution',
    resolutionOn: '2026-06-22',
    resolutionNumber: '2026-06-017',
  };

  return {
    'POST /groups': (target) => ({
      path: '/groups',
      body: { coordinatorId: place(target).buyerId, title: `Achats ${randomUUID()}`, kind: 'one_off' },
    }),
    'GET /me/groups': () => ({ path: '/me/groups' }),
    'PATCH /groups/:groupId': async (target) => ({
      path: `/groups/${place(target).groupId}`,
      body: { object: `Objet ${randomUUID()}` },
      headers: await version(target, 'purchasing_group', 'id = $1 and $2::uuid is not null'),
    }),
    'GET /groups/:groupId/members': read('/members'),
    'GET /groups/:groupId/members/:buyerId': (target) => read(`/members/${place(target).buyerId}`)(target),
    'POST /groups/:groupId/members/invitations': (target) => ({
      ...read('/members/invitations')(target),
      body: { buyerIds: [place(target).buyerId] },
    }),
    'POST /groups/:groupId/members/:buyerId/interest': act('/interest', '', undefined),
    'POST /groups/:groupId/members/:buyerId/joining': act('/joining', '', decision),
    'PUT /groups/:groupId/members/:buyerId/decision': async (target) => ({
      path: `${await standing(target, JOINED)}/decision`,
      body: { ...decision, resolutionNumber: randomUUID() },
      headers: await version(target, 'membership', 'group_id = $1 and buyer_id = $2'),
    }),
    'POST /groups/:groupId/members/:buyerId/transmission': act('/transmission', JOINED, {
      sentToPrefectureOn: '2026-06-24',
      enforceableOn: '2026-06-24',
    }),
    'POST /groups/:groupId/members/:buyerId/refusal': act('/refusal', '', {}),
    'POST /groups/:groupId/members/:buyerId/withdrawal': async (target) => {
      await free(target);
      return act('/withdrawal', JOINED, { reason: 'marché en cours' })(target);
    },
    'POST /groups/:groupId/members/:buyerId/renunciations': async (target) => ({
      path: `${await standing(target, JOINED)}/renunciations`,
      body: {
        consultationId: await launched(target),
        reason: 'fermeture du service',
        resolutionOn: parisDate(new Date()),
        resolutionNumber: '2026-11-031',
      },
    }),
    'GET /groups/:groupId/agreement': read('/agreement'),
    'POST /groups/:groupId/agreement/versions': (target) => ({
      ...read('/agreement/versions')(target),
      body: { label: 'Convention constitutive', adoptedOn: '2026-04-15' },
    }),
    'POST /groups/:groupId/agreement/versions/:number/signatures/:buyerId': async (target) => {
      await standing(target, JOINED);
      const { buyerId, groupId } = place(target);
      await sql(
        `insert into agreement_version (group_id, number, label, summary, adopted_on, recorded_at)
         values ($1, 1, 'Convention', '', '2026-04-15', now()) on conflict do nothing`,
        [groupId],
      );
      return {
        path: `/groups/${groupId}/agreement/versions/1/signatures/${buyerId}`,
        body: { signedOn: '2026-07-02', signatoryName: 'Claire Martin', signatoryCapacity: 'maire' },
      };
    },
    'GET /groups/:groupId/launch-readiness': read('/launch-readiness'),
  };
};
