import { ApiProperty } from '@nestjs/swagger';
import type { PlainDate } from '../calendar/plain-date.js';
import { PERMISSION_KEYS, type Key } from './permissions.rules.js';
import { type Role, ROLE_NAMES } from './roles.rules.js';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;
const BUYER_ID = { ...ID, nullable: true, type: 'string', description: 'Acheteur concerné.' } as const;
const GROUP_ID = { ...ID, nullable: true, type: 'string', description: 'Groupement concerné.' } as const;
const instant = (description: string) =>
  ({ type: 'string', format: 'date-time', description, example: '2026-11-25T08:30:00.000Z' }) as const;
const instantOrNull = (description: string) => ({ ...instant(description), nullable: true }) as const;
const ROLE = { enum: ROLE_NAMES, enumName: 'Role', example: 'commune_secretary' } as const;
const text = (description: string, example: string) =>
  ({ type: 'string', nullable: true, description, example }) as const;

/** The id of what was created. */
export class Created {
  @ApiProperty({ ...ID, description: 'Identifiant de ce qui a été créé.' })
  id: string;
}

export class PersonAnswer {
  @ApiProperty({ ...ID, description: 'Identifiant de la personne.' })
  id: string;
  @ApiProperty(text('Adresse électronique.', 'mairie@argentre.example'))
  email: string | null;
  @ApiProperty({ description: 'Prénom et nom.', example: 'Claire Martin' })
  name: string;
  @ApiProperty(instant('Création du compte.'))
  createdAt: Date;
  @ApiProperty(instantOrNull('Fermeture du compte.'))
  closedAt: Date | null;
  @ApiProperty({ description: 'Si la personne a choisi un mot de passe.', example: false })
  hasPassword: boolean;
  @ApiProperty({ type: 'integer', description: 'Version, celle de l’ETag.', example: 1 })
  version: number;
}

export class RoleAnswer {
  @ApiProperty({ ...ID, description: 'Identifiant du rôle tenu.' })
  id: string;
  @ApiProperty({ ...ID, description: 'Qui le tient.' })
  personId: string;
  @ApiProperty({ description: 'Son nom.', example: 'Claire Martin' })
  personName: string;
  @ApiProperty(ROLE)
  role: Role;
  @ApiProperty(BUYER_ID)
  buyerId: string | null;
  @ApiProperty(text('Nom de cet acheteur.', 'Argentré'))
  buyerName: string | null;
  @ApiProperty(GROUP_ID)
  groupId: string | null;
  @ApiProperty(text('Intitulé de ce groupement.', 'Services techniques 2027'))
  groupTitle: string | null;
  @ApiProperty(instant('Depuis quand.'))
  grantedAt: Date;
  @ApiProperty(
    text(
      'Délégataire seulement\u00a0: acte qui donne mandat.',
      'délibération 2026-11-004 du 12 novembre 2026',
    ),
  )
  mandateReference: string | null;
  @ApiProperty({ ...text('Premier jour du mandat.', '2026-12-01'), format: 'date' })
  startsOn: PlainDate | null;
  @ApiProperty({ ...text('Dernier jour du mandat.', '2027-03-31'), format: 'date' })
  endsOn: PlainDate | null;
  @ApiProperty(instantOrNull('Contestation du mandat\u00a0: il ne donne plus aucun droit.'))
  contestedAt: Date | null;
  @ApiProperty(text('Motif de la contestation.', 'Le conseil municipal n’a pas délibéré.'))
  contestReason: string | null;
}

export class RoleList {
  @ApiProperty({ type: [RoleAnswer] })
  items: RoleAnswer[];
}

export class MyAccount extends PersonAnswer {
  @ApiProperty({ type: [RoleAnswer], description: 'Rôles tenus.' })
  roles: RoleAnswer[];
}

export class PersonPage {
  @ApiProperty({ type: [PersonAnswer] })
  items: readonly PersonAnswer[];
  @ApiProperty(text('Curseur de la page suivante\u00a0; null à la dernière.', 'WyIwMTk5ZjNhNCJd'))
  next: string | null;
}

export class InvitationAnswer {
  @ApiProperty({ ...ID, description: 'Identifiant de l’invitation.' })
  id: string;
  @ApiProperty(BUYER_ID)
  buyerId: string | null;
  @ApiProperty(text('Adresse invitée.', 'mairie@argentre.example'))
  email: string | null;
  @ApiProperty(text('Nom donné par qui invite.', 'Claire Martin'))
  name: string | null;
  @ApiProperty(ROLE)
  role: Role;
  @ApiProperty(instant('Quand elle a été faite.'))
  createdAt: Date;
  @ApiProperty(instant('Jusqu’à quand elle vaut.'))
  expiresAt: Date;
  @ApiProperty(instantOrNull('Départ du courriel.'))
  mailedAt: Date | null;
  @ApiProperty(instantOrNull('Acceptation.'))
  usedAt: Date | null;
  @ApiProperty(instantOrNull('Révocation.'))
  revokedAt: Date | null;
}

export class InvitationList {
  @ApiProperty({ type: [InvitationAnswer] })
  items: InvitationAnswer[];
}

export class TokenAnswer {
  @ApiProperty({ ...ID, description: 'Identifiant du jeton.' })
  id: string;
  @ApiProperty({ description: 'À quoi il sert.', example: 'export des finances' })
  label: string;
  @ApiProperty({ enum: PERMISSION_KEYS, enumName: 'PermissionKey', isArray: true, example: ['group.read'] })
  keys: Key[];
  @ApiProperty(GROUP_ID)
  groupId: string | null;
  @ApiProperty(BUYER_ID)
  buyerId: string | null;
  @ApiProperty(instant('Création.'))
  createdAt: Date;
  @ApiProperty(instant('Fin de validité.'))
  expiresAt: Date;
  @ApiProperty(instantOrNull('Dernier usage, à la minute près.'))
  lastUsedAt: Date | null;
  @ApiProperty(instantOrNull('Révocation.'))
  revokedAt: Date | null;
}

export class TokenList {
  @ApiProperty({ type: [TokenAnswer] })
  items: TokenAnswer[];
}

export class CreatedToken extends Created {
  @ApiProperty({
    description: 'Le jeton, montré cette seule fois\u00a0: Halle n’en garde que l’empreinte.',
    example: 'halle_Qm9uam91ciBsZXMgY29tbXVuZXMgZGUgTGF2YWwhISE',
  })
  secret: string;
  @ApiProperty(instant('Fin de validité.'))
  expiresAt: Date;
}

export class ReadingLinkAnswer {
  @ApiProperty({ ...ID, description: 'Identifiant du lien.' })
  id: string;
  @ApiProperty({ description: 'Pour qui.', example: 'conseil municipal de Changé' })
  label: string;
  @ApiProperty(instant('Création.'))
  createdAt: Date;
  @ApiProperty(instant('Fin de validité.'))
  expiresAt: Date;
  @ApiProperty(instantOrNull('Dernière lecture, à la minute près.'))
  lastUsedAt: Date | null;
  @ApiProperty(instantOrNull('Révocation.'))
  revokedAt: Date | null;
}

export class ReadingLinkList {
  @ApiProperty({ type: [ReadingLinkAnswer] })
  items: ReadingLinkAnswer[];
}

export class CreatedReadingLink extends Created {
  @ApiProperty({
    description: 'Adresse à transmettre, montrée cette seule fois.',
    example:
      'https://halle.example/api/v1/readings/lecture.0199f3a45b6c7d8e9f0123456789abcd.tp1c3k.Qm9uam91cg',
  })
  url: string;
  @ApiProperty(instant('Fin de validité.'))
  expiresAt: Date;
}

export class LinkAnswer {
  @ApiProperty({ enum: ['invitation', 'sign_in', 'administrator'], example: 'invitation' })
  purpose: string;
  @ApiProperty(text('Adresse à laquelle il a été envoyé.', 'mairie@argentre.example'))
  email: string | null;
  @ApiProperty(text('Nom donné par qui invite.', 'Claire Martin'))
  name: string | null;
  @ApiProperty(text('Rôle que le lien donne.', 'secrétaire de mairie'))
  role: string | null;
  @ApiProperty(text('Acheteur ou groupement de ce rôle.', 'Argentré'))
  place: string | null;
  @ApiProperty(instant('Fin de validité.'))
  expiresAt: Date;
  @ApiProperty({ description: 'Si le compte sera créé\u00a0: un nom est alors nécessaire.', example: true })
  createsAccount: boolean;
  @ApiProperty({
    description: 'Ce qu’il faut faire pour s’en servir. Lire ce lien ne l’use pas.',
    example: 'POST sur cette adresse suivie de /session, avec votre nom.',
  })
  next: string;
}

export class SessionAnswer {
  @ApiProperty({ ...ID, description: 'Qui est connecté.' })
  personId: string;
}

export class LinkUseAnswer {
  @ApiProperty({ ...ID, description: 'La personne à qui le lien était destiné.' })
  personId: string;
  @ApiProperty({
    description:
      'Si une session est ouverte. Une invitation à qui a déjà un compte donne le rôle, et ne connecte personne.',
    example: true,
  })
  signedIn: boolean;
}

export class SignInLinkAnswer {
  @ApiProperty({
    description: 'La même réponse que l’adresse ait un compte ou non.',
    example: 'Si cette adresse a un compte, un lien de connexion vient de lui être envoyé.',
  })
  message: string;
}
