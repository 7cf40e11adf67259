import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsString, IsUUID, Length } from 'class-validator';
import type { PlainDate } from '../calendar/plain-date.js';
import { PageQuery } from '../platform/http/pages.js';
import { IsPlainDate } from '../platform/http/plain-date.decorator.js';
import { DECISION_KINDS, type DecisionKind, type MembershipState } from '../groups/membership.rules.js';
import { OneLine, SeveralLines } from '../platform/http/one-line.decorator.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;
const STATES = ['invited', 'interested', 'member', 'declined', 'withdrawn'] as const;
const STATE = {
  enum: STATES,
  enumName: 'MembershipState',
  description:
    'invited\u00a0: invité\u00a0; interested\u00a0: intéressé\u00a0; member\u00a0: membre\u00a0; declined\u00a0: n’adhère pas\u00a0; withdrawn\u00a0: retiré.',
  example: 'member',
} as const;
const KIND = {
  enum: DECISION_KINDS,
  enumName: 'DecisionKind',
  description:
    'resolution\u00a0: délibération\u00a0; delegated\u00a0: décision par délégation, jamais pour une commune.',
  example: 'resolution',
} as const;
const instantOrNull = (description: string, example: string | null) =>
  ({ type: 'string', format: 'date-time', nullable: true, description, example }) as const;
const day = (description: string, example: string) =>
  ({ type: 'string', format: 'date', description, example }) as const;
const dayOrNull = (description: string, example: string) =>
  ({ ...day(description, example), nullable: true }) as const;
const textOrNull = (description: string, example: string | null) =>
  ({ type: 'string', nullable: true, description, example }) as const;

export class MemberAnswer {
  @ApiProperty({ ...ID, description: 'Acheteur.' })
  buyerId: string;
  @ApiProperty({ description: 'Nom.', example: 'Argentré' })
  name: string;
  @ApiProperty(
    textOrNull('SIRET, 14 chiffres\u00a0; null tant que seul le SIREN est connu.', '21530007000012'),
  )
  siret: string | null;
  @ApiProperty(textOrNull('Code INSEE d’une commune\u00a0; null pour les autres acheteurs.', '53007'))
  inseeCode: string | null;
  @ApiProperty(STATE)
  state: MembershipState;
  @ApiProperty(instantOrNull('Invitation.', '2026-11-02T08:30:00.000Z'))
  invitedAt: Date | null;
  @ApiProperty(instantOrNull('Intérêt signalé.', '2026-11-05T08:30:00.000Z'))
  interestedAt: Date | null;
  @ApiProperty(instantOrNull('Adhésion enregistrée.', '2026-11-25T08:30:00.000Z'))
  joinedAt: Date | null;
  @ApiProperty(instantOrNull('Réponse «\u00a0n’adhère pas\u00a0».', null))
  declinedAt: Date | null;
  @ApiProperty(textOrNull('Motif, s’il en est donné un. Lu par l’acheteur et par le coordonnateur.', null))
  declineReason: string | null;
  @ApiProperty(instantOrNull('Retrait.', null))
  withdrawnAt: Date | null;
  @ApiProperty(textOrNull('Motif, s’il en est donné un. Lu par l’acheteur et par le coordonnateur.', null))
  withdrawalReason: string | null;
  @ApiProperty({ ...KIND, nullable: true })
  decisionKind: DecisionKind | null;
  @ApiProperty(dayOrNull('Date de la décision d’adhérer.', '2026-06-22'))
  resolutionOn: PlainDate | null;
  @ApiProperty(textOrNull('Son numéro.', '2026-06-017'))
  resolutionNumber: string | null;
  @ApiProperty(dayOrNull('Transmission en préfecture.', '2026-06-24'))
  sentToPrefectureOn: PlainDate | null;
  @ApiProperty(dayOrNull('Jour depuis lequel la décision est exécutoire.', '2026-06-24'))
  enforceableOn: PlainDate | null;
  @ApiProperty({
    type: [String],
    format: 'uuid',
    description:
      'Consultations lancées avec ce membre, ni terminées ni renoncées\u00a0: son retrait n’est pas libre.',
    example: [],
  })
  boundBy: string[];
  @ApiProperty({ type: 'integer', description: 'Version, celle de l’ETag.', example: 3 })
  version: number;
}

export class MemberPage {
  @ApiProperty({ type: [MemberAnswer] })
  items: readonly MemberAnswer[];
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Curseur de la page suivante\u00a0; null sur la dernière.',
    example: null,
  })
  next: string | null;
}

export class MemberQuery extends PageQuery {
  @ApiPropertyOptional({ ...STATE, description: 'Seulement ceux qui en sont là.' })
  @MayBeAbsent()
  @IsIn(STATES)
  state?: MembershipState;

  @ApiPropertyOptional({ ...ID, description: 'Seulement les membres de ce pôle de proximité.' })
  @MayBeAbsent()
  @IsUUID()
  clusterId?: string;
}

export class BuyersToInvite {
  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    maxItems: 2000,
    description: 'Acheteurs, par leur identifiant.',
    example: ['0199f3a4-5b6c-7d8e-9f01-23456789abcd'],
  })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(2000)
  @IsUUID(undefined, { each: true })
  buyerIds?: string[];

  @ApiPropertyOptional({
    type: [String],
    maxItems: 2000,
    description: 'Acheteurs, par leur SIRET\u00a0: une liste tenue ailleurs.',
    example: ['21530007000012'],
  })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(2000)
  @IsString({ each: true })
  @Length(14, 14, { each: true })
  sirets?: string[];

  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    maxItems: 100,
    description: 'Pôles de proximité\u00a0: tous leurs membres, une fois chacun.',
    example: ['0199f3a4-5b6c-7d8e-9f01-23456789abcf'],
  })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(100)
  @IsUUID(undefined, { each: true })
  clusterIds?: string[];

  @ApiPropertyOptional({
    default: false,
    description: 'Inviter de nouveau ceux qui n’adhèrent pas ou se sont retirés.',
    example: false,
  })
  @MayBeAbsent()
  @IsBoolean()
  again?: boolean;
}

const LIST = {
  type: String,
  isArray: true,
  format: 'uuid',
  example: ['0199f3a4-5b6c-7d8e-9f01-23456789abcd'],
};

export class InvitedBuyersAnswer {
  @ApiProperty({ ...LIST, description: 'Invités à l’instant.' })
  invited: string[];
  @ApiProperty({ ...LIST, example: [], description: 'Déjà invités, intéressés ou membres\u00a0: inchangés.' })
  unchanged: string[];
  @ApiProperty({
    ...LIST,
    example: [],
    description: 'N’adhèrent pas ou se sont retirés\u00a0: inchangés, sauf avec «\u00a0again\u00a0».',
  })
  answered: string[];
}

export class DecisionRequest {
  @ApiProperty(KIND)
  @IsIn(DECISION_KINDS)
  decisionKind: DecisionKind;

  @ApiProperty(day('Date de la décision, passée.', '2026-06-22'))
  @IsPlainDate()
  resolutionOn: PlainDate;

  @ApiProperty({ description: 'Numéro.', example: '2026-06-017', minLength: 1, maxLength: 60 })
  @OneLine()
  @IsString()
  @Length(1, 60)
  resolutionNumber: string;
}

export class TransmissionRequest {
  @ApiProperty(day('Transmission en préfecture, passée.', '2026-06-24'))
  @IsPlainDate()
  sentToPrefectureOn: PlainDate;

  @ApiProperty(day('Jour depuis lequel la décision est exécutoire, passé.', '2026-06-24'))
  @IsPlainDate()
  enforceableOn: PlainDate;
}

export class LeavingRequest {
  @ApiPropertyOptional({
    description: 'Motif, facultatif. N’y nommer personne\u00a0: il entre au journal.',
    example: 'Le marché en cours de la commune court jusqu’en 2028.',
    minLength: 1,
    maxLength: 1000,
  })
  @MayBeAbsent()
  @SeveralLines()
  @IsString()
  @Length(1, 1000)
  reason?: string;
}

export class RenunciationRequest {
  @ApiProperty({ ...ID, description: 'Consultation lancée avec ce membre.' })
  @IsUUID()
  consultationId: string;

  @ApiProperty({
    description: 'Motif d’intérêt général. N’y nommer personne\u00a0: il entre au journal.',
    example: 'Fermeture du service qui devait employer ces fournitures.',
    minLength: 3,
    maxLength: 2000,
  })
  @SeveralLines()
  @IsString()
  @Length(3, 2000)
  reason: string;

  @ApiProperty(day('Date de la délibération, passée.', '2026-11-20'))
  @IsPlainDate()
  resolutionOn: PlainDate;

  @ApiProperty({ description: 'Son numéro.', example: '2026-11-031', minLength: 1, maxLength: 60 })
  @OneLine()
  @IsString()
  @Length(1, 60)
  resolutionNumber: string;
}

export class RenunciationAnswer {
  @ApiProperty({ ...ID, description: 'Consultation à laquelle le membre renonce.' })
  consultationId: string;
  @ApiProperty({
    description: 'Ce à quoi prendre garde.',
    example:
      'La renonciation pour un motif d’intérêt général peut obliger l’acheteur à indemniser le titulaire.',
  })
  warning: string;
  @ApiProperty({ type: MemberAnswer })
  member: MemberAnswer;
}
