import type { Reach } from './permission.rules.js';
import { INVITABLE, FIRST_OF_A_MEMBER, type Key, NOT_FOR_TOKENS, PERMISSIONS } from './permissions.rules.js';
import { ROLE_NAMES, ROLES, type Role } from './roles.rules.js';

const REACHES: Readonly<Record<Reach, string>> = {
  'own group': 'dans le groupement où le rôle est tenu',
  'own buyer': 'pour l’acheteur où le rôle est tenu',
  'group of own buyer': 'dans les groupements où l’acheteur du rôle est invité',
  'wherever held': 'partout, dès que le rôle est tenu quelque part',
  'own account': 'sur son propre compte',
  everything: 'partout',
};

const PLACES = { group: 'un groupement', buyer: 'un acheteur', instance: 'l’installation' } as const;
const GIVEN = {
  invitation: 'par invitation',
  mandate: 'par un mandat',
  link: 'par un lien de lecture',
} as const;
const ABOUT = {
  group: 'Sur un groupement',
  buyer: 'Sur un acheteur',
  account: 'Sur un compte',
  installation: 'Sur l’installation',
} as const;

/** `docs/permissions.md`, from the permission table: what is written there is what the program does. */
export function permissionsPage(): string {
  const roles = ROLE_NAMES.map((role) => {
    const { french, detail, heldOn, given } = ROLES[role];
    return `| \`${role}\` | ${french}${detail === null ? '' : ` (${detail})`} | ${heldOn.map((place) => PLACES[place]).join(' ou ')} | ${GIVEN[given]} |`;
  });
  const sections = Object.entries(ABOUT).map(([about, title]) => {
    const lines = (Object.keys(PERMISSIONS) as Key[])
      .filter((key) => PERMISSIONS[key].about === about)
      .map((key) => `- \`${key}\` : ${PERMISSIONS[key].french}\n${holders(key)}`);
    return `### ${title}\n\n${lines.join('\n')}`;
  });
  const invitable = Object.entries(INVITABLE).map(([key, given]) => `- \`${key}\` : ${frenchRoles(given)}`);
  return `# Habilitations

Cette page est faite à partir de la table \`src/accounts/permissions.rules.ts\` ; un essai vérifie qu’elle lui est égale.
\`npm run permissions\` la refait.

Qui n’a pas le droit de lire une chose reçoit 404, comme si elle n’existait pas. Qui peut la lire mais non agir reçoit 403.

## Rôles

| Rôle | En clair | Se tient sur | Se donne |
| --- | --- | --- | --- |
${roles.join('\n')}

Un mandat vaut du premier au dernier de ses jours, sauf s’il est contesté par l’acheteur ou retiré. Un lien de lecture
porte sa date de fin dans sa signature, et peut être révoqué avant.

## Droits

${sections.join('\n\n')}

## Rôles que l’on peut donner en invitant

${invitable.join('\n')}
- \`group.people.invite\`, pour un membre du groupement qui n’a encore personne qui valide en son nom :
  ${frenchRoles(FIRST_OF_A_MEMBER)}

## Jetons

Un jeton d’interface donne au plus les droits de sa personne, parmi ceux qu’il nomme, jusqu’à sa date ; il peut être
restreint à un groupement ou à un acheteur. Il ne donne jamais ${NOT_FOR_TOKENS.map((key) => `\`${key}\``).join(', ')}.
`;
}

const frenchRoles = (roles: readonly Role[]): string => roles.map((role) => ROLES[role].french).join(', ');

/** One line per reach, with the roles that have it. */
function holders(key: Key): string {
  const roles = Object.entries(
    PERMISSIONS[key].roles as Partial<Record<Role | 'anyone', Reach | readonly Reach[]>>,
  );
  return Object.entries(REACHES)
    .flatMap(([reach, where]) => {
      const who = roles
        .filter(([, reaches]) => [reaches].flat().includes(reach as Reach))
        .map(([role]) => (role === 'anyone' ? 'toute personne identifiée' : ROLES[role as Role].french));
      return who.length === 0 ? [] : [`  - ${where} : ${who.join(', ')}`];
    })
    .join('\n');
}
