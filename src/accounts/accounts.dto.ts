import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsEmail,
  IsIn,
  IsInt,
  IsString,
  IsUUID,
  Length,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import type { PlainDate } from '../calendar/plain-date.js';
import { IsPlainDate } from '../platform/http/plain-date.decorator.js';
import { type Key, PERMISSION_KEYS } from './permissions.rules.js';
import { type Role, ROLE_NAMES } from './roles.rules.js';
import { OneLine, SeveralLines } from '../platform/http/one-line.decorator.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';

const LONGEST_LIFE_DAYS = 366;

/** An address that any mail server takes: no quotes, and no accents before the @, which few of them know. */
const IsMailAddress = (): PropertyDecorator =>
  applyDecorators(IsEmail({ allow_utf8_local_part: false, blacklisted_chars: '"' }), MaxLength(254));

const EMAIL = { description: 'Adresse électronique.', example: 'mairie@argentre.example', maxLength: 254 };
const NAME = { description: 'Prénom et nom.', example: 'Claire Martin', minLength: 1, maxLength: 120 };

export class PersonName {
  @ApiProperty(NAME)
  @OneLine()
  @IsString()
  @Length(1, 120)
  name: string;
}

export class InvitedAdministrator extends PersonName {
  @ApiProperty(EMAIL)
  @IsMailAddress()
  email: string;
}

export class InvitationRequest extends InvitedAdministrator {
  @ApiProperty({
    enum: ROLE_NAMES,
    enumName: 'Role',
    description: 'Rôle proposé.',
    example: 'commune_secretary',
  })
  @IsIn(ROLE_NAMES)
  role: Role;
}

export class GroupInvitationRequest extends InvitationRequest {
  @ApiPropertyOptional({
    format: 'uuid',
    description:
      'Membre du groupement pour lequel la personne agira. Absent\u00a0: elle agira dans le groupement lui-même.',
    example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd',
  })
  @MayBeAbsent()
  @IsUUID()
  buyerId?: string;
}

export class MandateRequest {
  @ApiProperty({ ...EMAIL, description: 'Adresse du délégataire, qui a déjà un compte.' })
  @IsMailAddress()
  email: string;

  @ApiProperty({
    description: 'Acte qui donne mandat.',
    example: 'délibération 2026-11-004 du 12 novembre 2026',
    minLength: 3,
    maxLength: 200,
  })
  @OneLine()
  @IsString()
  @Length(3, 200)
  reference: string;

  @ApiProperty({
    type: 'string',
    format: 'date',
    description: 'Premier jour du mandat.',
    example: '2026-12-01',
  })
  @IsPlainDate()
  startsOn: PlainDate;

  @ApiProperty({
    type: 'string',
    format: 'date',
    description: 'Dernier jour du mandat, inclus.',
    example: '2027-03-31',
  })
  @IsPlainDate()
  endsOn: PlainDate;
}

export class ContestRequest {
  @ApiProperty({
    description: 'Motif de la contestation.',
    example: 'Le conseil municipal n’a pas délibéré sur ce mandat.',
    minLength: 3,
    maxLength: 1000,
  })
  @SeveralLines()
  @IsString()
  @Length(3, 1000)
  reason: string;
}

export class PasswordRequest {
  @ApiProperty({
    description: '12 caractères au moins. Un nouveau choix remplace l’ancien.',
    example: 'quatre arbres sur la place',
    maxLength: 200,
    writeOnly: true,
  })
  @IsString()
  @MaxLength(200)
  password: string;
}

export class PasswordSignIn extends PasswordRequest {
  @ApiProperty(EMAIL)
  @IsMailAddress()
  email: string;
}

export class SignInLinkRequest {
  @ApiProperty(EMAIL)
  @IsMailAddress()
  email: string;
}

export class LinkUse {
  @ApiPropertyOptional({ ...NAME, description: 'Nom, si le compte n’existe pas encore.' })
  @OneLine()
  @MayBeAbsent()
  @IsString()
  @Length(1, 120)
  name?: string;

  @ApiPropertyOptional({ ...EMAIL, description: 'Adresse, pour le premier administrateur seulement.' })
  @MayBeAbsent()
  @IsMailAddress()
  email?: string;
}

export class TokenRequest {
  @ApiProperty({ description: 'À quoi sert le jeton.', example: 'export des finances', maxLength: 120 })
  @OneLine()
  @IsString()
  @Length(1, 120)
  label: string;

  @ApiProperty({
    enum: PERMISSION_KEYS,
    enumName: 'PermissionKey',
    isArray: true,
    description: 'Droits que le jeton donne\u00a0: parmi ceux de la personne.',
    example: ['group.read', 'group.journal.read'],
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsIn(PERMISSION_KEYS, { each: true })
  keys: Key[];

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: LONGEST_LIFE_DAYS,
    description: 'Durée en jours.',
    example: 90,
  })
  @IsInt()
  @Min(1)
  @Max(LONGEST_LIFE_DAYS)
  days: number;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'Restreint le jeton à un groupement.',
    example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd',
  })
  @MayBeAbsent()
  @IsUUID()
  groupId?: string;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'Restreint le jeton à un acheteur. Pas en même temps qu’à un groupement.',
    example: '0199f3a4-5b6c-7d8e-9f01-23456789abce',
  })
  @MayBeAbsent()
  @IsUUID()
  buyerId?: string;
}

export class ReadingLinkRequest {
  @ApiProperty({ description: 'Pour qui.', example: 'conseil municipal de Changé', maxLength: 120 })
  @OneLine()
  @IsString()
  @Length(1, 120)
  label: string;

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: LONGEST_LIFE_DAYS,
    description: 'Durée en jours.',
    example: 30,
  })
  @IsInt()
  @Min(1)
  @Max(LONGEST_LIFE_DAYS)
  days: number;
}
