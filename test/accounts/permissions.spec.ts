import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { format, resolveConfig } from 'prettier';
import { judge, judgeAnywhere, keysOf, type Rights, type Target } from '../../src/accounts/judge.rules.js';
import {
  type Key,
  NOT_FOR_TOKENS,
  PERMISSION_KEYS,
  PERMISSIONS,
} from '../../src/accounts/permissions.rules.js';
import { permissionsPage } from '../../src/accounts/permissions-page.rules.js';
import { type Grant, type Holding, ROLE_NAMES, ROLES, type Role } from '../../src/accounts/roles.rules.js';
import { VALUE_WORDS } from '../../src/platform/journal/words.js';
import { PROJECT_ROOT } from '../../src/platform/config/config.js';

const [ARGENTRE, CHANGE] = ['buyer-argentre', 'buyer-change'];
const [SALT, PAPER] = ['group-salt', 'group-paper'];

const on = (role: Role, place: { buyerId?: string; groupId?: string } = {}): Grant => ({
  role,
  buyerId: place.buyerId ?? null,
  groupId: place.groupId ?? null,
});
const rights = (grants: readonly Grant[], more: Partial<Rights> = {}): Rights => ({
  personId: 'claire',
  grants,
  onlyKeys: null,
  onlyGroupId: null,
  onlyBuyerId: null,
  ...more,
});
const verdict = (who: Rights, key: Key, target: Target): string => judge(who, key, target).verdict;

describe('a right', () => {
  const secretary = rights([on('commune_secretary', { buyerId: ARGENTRE })]);

  test('is had on one’s own buyer, refused on what one only sees, hidden on what one does not see', () => {
    expect(verdict(secretary, 'buyer.journal.read', { buyerIds: [ARGENTRE] })).toBe('allowed');
    expect(verdict(secretary, 'buyer.people.invite', { buyerIds: [ARGENTRE] })).toBe('forbidden');
    expect(verdict(secretary, 'buyer.journal.read', { buyerIds: [CHANGE] })).toBe('hidden');
    expect(verdict(secretary, 'group.read', { groupId: SALT, buyerIds: [CHANGE, ARGENTRE] })).toBe('allowed');
    expect(verdict(secretary, 'group.read', { groupId: PAPER, buyerIds: [CHANGE] })).toBe('hidden');
    expect(verdict(secretary, 'group.journal.read', { groupId: SALT, buyerIds: [ARGENTRE] })).toBe(
      'forbidden',
    );
    expect(verdict(secretary, 'person.list', {})).toBe('forbidden');
  });

  test('had anywhere is had by a role held on any buyer or group, by no other role, by no narrowed token', () => {
    const officers = [{ buyerId: ARGENTRE }, { groupId: SALT }].map((place) =>
      on('procurement_officer', place),
    );
    for (const officer of officers) expect(verdict(rights([officer]), 'supplier.write', {})).toBe('allowed');
    const narrowed = rights(officers, { onlyGroupId: SALT });
    expect(verdict(narrowed, 'supplier.write', {})).toBe('forbidden');
    expect(verdict(secretary, 'supplier.read', {})).toBe('forbidden');
    expect(verdict(rights([on('administrator')]), 'supplier.write', {})).toBe('forbidden');
  });

  test('on one’s own buyer is none on several buyers at once, one’s own among them', () => {
    expect(verdict(secretary, 'buyer.journal.read', { buyerIds: [ARGENTRE, CHANGE] })).toBe('hidden');
  });

  test('over one’s account is nobody else’s, and no reading link’s', () => {
    expect(verdict(rights([]), 'account.secure', { personId: 'claire' })).toBe('allowed');
    expect(verdict(rights([]), 'account.secure', { personId: 'anne' })).toBe('hidden');
    expect(verdict(rights([], { personId: null }), 'account.self', {})).toBe('hidden');
  });

  test('had only through a mandate is exercised in the name of the buyer that gave it', () => {
    const delegate = on('delegate', { buyerId: ARGENTRE });
    const target = { buyerIds: [ARGENTRE] };
    expect(judge(rights([delegate]), 'buyer.read', target)).toEqual({
      verdict: 'allowed',
      onBehalfOf: ARGENTRE,
    });
    const both = rights([delegate, on('commune_secretary', { buyerId: ARGENTRE })]);
    expect(judge(both, 'buyer.read', target).onBehalfOf).toBeNull();
  });

  test('of a token is one of its person’s, one that it names, and where it may act', () => {
    const officer = [
      on('procurement_officer', { groupId: SALT }),
      on('procurement_officer', { groupId: PAPER }),
    ];
    const token = rights(officer, { onlyKeys: new Set(['group.read']), onlyGroupId: SALT });
    expect(verdict(token, 'group.read', { groupId: SALT, buyerIds: [] })).toBe('allowed');
    expect(verdict(token, 'group.read', { groupId: PAPER, buyerIds: [] })).toBe('hidden');
    expect(verdict(token, 'group.journal.read', { groupId: SALT, buyerIds: [] })).toBe('forbidden');
    expect(verdict(token, 'account.self', { personId: 'claire' })).toBe('hidden');
  });
});

describe('the permission table', () => {
  const role = fc.constantFrom(...ROLE_NAMES);
  const place = fc.record({
    buyerId: fc.option(fc.constantFrom(ARGENTRE, CHANGE)),
    groupId: fc.option(fc.constantFrom(SALT, PAPER)),
  });
  const grant = fc.tuple(role, place).map(([name, where]): Grant => ({ role: name, ...where }));
  const target = fc.record({
    groupId: fc.constantFrom(SALT, PAPER, undefined),
    buyerIds: fc.subarray([ARGENTRE, CHANGE]),
    personId: fc.constantFrom('claire', 'anne', undefined),
  }) as fc.Arbitrary<Target>;
  const key = fc.constantFrom(...PERMISSION_KEYS);

  test('never gives by one more role less than without it', () => {
    fc.assert(
      fc.property(fc.array(grant), grant, key, target, (grants, more, right, about) => {
        if (verdict(rights(grants), right, about) !== 'allowed') return;
        expect(verdict(rights([...grants, more]), right, about)).toBe('allowed');
      }),
    );
  });

  test('says by the roles alone what no row can contradict', () => {
    const keys = fc.option(fc.subarray(PERMISSION_KEYS), { nil: null });
    fc.assert(
      fc.property(fc.array(grant), keys, key, target, (grants, only, right, about) => {
        const held = rights(grants, { onlyKeys: only && new Set(only) });
        const [anywhere, here] = [judgeAnywhere(held, right), verdict(held, right, about)];
        if (anywhere !== 'allowed') expect(here).not.toBe('allowed');
        if (anywhere === 'hidden') expect(here).toBe('hidden');
      }),
      { numRuns: 1_000 },
    );
  });

  test('never gives a token what its person has not', () => {
    fc.assert(
      fc.property(
        fc.array(grant),
        fc.subarray(PERMISSION_KEYS),
        key,
        target,
        (grants, keys, right, about) => {
          const token = rights(grants, { onlyKeys: new Set(keys) });
          if (verdict(token, right, about) !== 'allowed') return;
          expect(keys).toContain(right);
          expect(verdict(rights(grants), right, about)).toBe('allowed');
          expect(keysOf(grants).has(right)).toBe(true);
        },
      ),
    );
  });

  test('gives each role only what its reach can reach: a role held on a buyer has no reach of a group', () => {
    const needs: Record<string, Holding> = {
      // Or on a buyer: whichever, but not on the installation, which has `everything`.
      'wherever held': 'group',
      'own group': 'group',
      'own buyer': 'buyer',
      'group of own buyer': 'buyer',
      everything: 'instance',
    };
    for (const { roles } of Object.values(PERMISSIONS))
      for (const [name, reaches] of Object.entries(roles) as [Role | 'anyone', string | string[]][])
        for (const reach of [reaches].flat()) {
          if (name === 'anyone') expect(reach).toBe('own account');
          else expect(ROLES[name].heldOn).toContain(needs[reach]);
        }
  });

  test('names only rights that exist among those that no token gives', () => {
    expect(PERMISSION_KEYS).toEqual(expect.arrayContaining([...NOT_FOR_TOKENS]));
  });

  test('names roles as the journal does', () => {
    expect(VALUE_WORDS['role']).toEqual(
      Object.fromEntries(ROLE_NAMES.map((name) => [name, ROLES[name].french])),
    );
  });

  test('is what docs/permissions.md says; after a change that is meant: npm run permissions', async () => {
    const path = join(PROJECT_ROOT, 'docs', 'permissions.md');
    const options = { ...(await resolveConfig(path)), parser: 'markdown' };
    expect(readFileSync(path, 'utf8')).toBe(await format(permissionsPage(), options));
  });
});
