import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import { SeveralLines } from '../platform/http/one-line.decorator.js';
import { IsPlainDate } from '../platform/http/plain-date.decorator.js';
import { MAIL_STATES, type MailState } from '../platform/mail/mail-status.rules.js';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;
const instant = (description: string, example: string | null) =>
  ({ type: 'string', format: 'date-time', nullable: true, description, example }) as const;

export class ReminderQuery {
  @ApiProperty({
    type: 'string',
    format: 'date',
    required: false,
    description: 'Jour à Paris\u00a0; aujourd’hui par défaut.',
    example: '2026-12-08',
  })
  @IsOptional()
  @IsPlainDate()
  on?: string;
}

export class ReminderAnswer {
  @ApiProperty({ ...ID, description: 'Personne.' })
  personId: string;
  @ApiProperty({ description: 'Son nom.', example: 'Jeanne Blanc' })
  name: string;
  @ApiProperty({
    type: [String],
    description: 'Acheteurs pour lesquels elle est attendue.',
    example: ['Argentré'],
  })
  buyers: readonly string[];
  @ApiProperty({ description: 'Objet.', example: 'Besoins à transmettre\u00a0: il reste 7\u00a0jours' })
  subject: string;
  @ApiProperty({ description: 'Texte, tel qu’il partira.', example: 'Bonjour Jeanne Blanc,…' })
  text: string;
}

export class ReminderPreview {
  @ApiProperty({ format: 'date', description: 'Jour.', example: '2026-12-08' })
  on: string;
  @ApiProperty({
    description: 'Si une relance part d’elle-même ce jour-là (J-15, J-7, J-2, J, J+1).',
    example: true,
  })
  automatic: boolean;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Quand part la suivante.',
    example: 'Prochaine relance le dimanche 13 décembre 2026.',
  })
  next: string | null;
  @ApiProperty({
    type: [ReminderAnswer],
    description:
      'Qui serait relancé, d’après ce qui est transmis à cet instant. Qui répond dans plusieurs recensements reçoit un seul courriel, qui les dit tous.',
  })
  reminders: readonly ReminderAnswer[];
}

export class RemindedAnswer {
  @ApiProperty({
    type: 'integer',
    description:
      'Courriels écrits\u00a0; qui a déjà été relancé à la main ce jour-là n’en reçoit pas un second.',
    example: 7,
  })
  written: number;
}

export class CensusMailAnswer {
  @ApiProperty({ ...ID, description: 'Courriel.' })
  id: string;
  @ApiProperty({ description: 'Ce qu’il dit.', example: 'needs.reminder' })
  kind: string;
  @ApiProperty({ enum: Object.keys(MAIL_STATES), description: 'Ce qu’il est devenu.', example: 'sent' })
  state: MailState;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Adresse\u00a0; null une fois la personne effacée.',
    example: 'mairie@argentre.example',
  })
  to: string | null;
  @ApiProperty({ type: [String], description: 'Acheteurs dont il parle.', example: [ID.example] })
  buyerIds: readonly string[];
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Objet.',
    example: 'Besoins à transmettre\u00a0: il reste 7\u00a0jours',
  })
  subject: string | null;
  @ApiProperty({ ...instant('Écrit.', '2026-12-08T07:30:00.000Z'), nullable: false })
  writtenAt: Date;
  @ApiProperty(instant('Parti.', '2026-12-08T07:30:02.000Z'))
  sentAt: Date | null;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Pourquoi il n’est pas parti, ou est revenu.',
    example: null,
  })
  failure: string | null;
}

export class CensusMailList {
  @ApiProperty({ type: [CensusMailAnswer], description: 'Le plus ancien d’abord.' })
  mails: readonly CensusMailAnswer[];
}

export class ContestationAnswer {
  @ApiProperty({ description: 'Consultation.', example: 'Services techniques 2027' })
  consultation: string;
  @ApiProperty({ description: 'Acheteur.', example: 'Argentré' })
  buyer: string;
  @ApiProperty({ description: 'Numéro de l’accusé de réception.', example: 'AR-2026-000123' })
  receipt: string;
  @ApiProperty({
    description: 'Réception, en clair.',
    example: 'jeudi 10 décembre 2026 à 10 h 12 (heure de Paris)',
  })
  transmitted: string;
  @ApiProperty(instant('Contestation.', null))
  contestedAt: Date | null;
  @ApiProperty({
    description: 'Ce qu’il faut faire.',
    example: 'POST sur cette adresse, avec la raison, pour contester\u00a0; sinon, rien.',
  })
  next: string;
}

export class ContestationRequest {
  @ApiProperty({
    description: 'Pourquoi. 1 à 1\u202f000\u00a0caractères.',
    example: 'Le maire n’a pas donné son accord.',
  })
  @SeveralLines()
  @IsString()
  @Length(1, 1_000)
  reason: string;
}
