import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import type { HolidayTerritory } from '../calendar/holidays.js';
import type { PlainDate } from '../calendar/plain-date.js';
import type { PlannedStep } from '../calendar/plan.js';
import type { Basis } from '../calendar/plan-step.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';
import { TERRITORY } from './holidays.dto.js';
import {
  PLANNED_PROCEDURES,
  type PlannedProcedureKind,
  PROCEDURE_BASES,
  type ProcedureBasis,
} from './planned-procedure.rules.js';

const DAY = { type: 'string', format: 'date' } as const;
const START = { ...DAY, description: 'Début souhaité du marché.', example: '2028-01-01' } as const;
const PROCEDURE = { enum: PLANNED_PROCEDURES, enumName: 'PlannedProcedure', example: 'open' } as const;
const SENTENCE = 'Ce qu’il faut en retenir, en français.';

/** Shapes only: what is wrong is told by `readWish`, which knows what day it is, and tells all of it at once. */
export class PlanQuery {
  @ApiProperty(START)
  @MayBeAbsent()
  @IsString()
  wishedStart?: string;

  @ApiPropertyOptional({
    ...PROCEDURE,
    description:
      'Adaptée, appel d’offres ouvert ou restreint, avec négociation. Absent\u00a0: celle qui est choisie, sinon selon la valeur estimée et le seuil, à défaut l’appel d’offres ouvert.',
  })
  @MayBeAbsent()
  @IsString()
  procedure?: string;

  @ApiPropertyOptional({
    ...TERRITORY,
    description: 'Lieu dont les jours fériés comptent. Absent\u00a0: selon le code INSEE des membres.',
  })
  @MayBeAbsent()
  @IsString()
  territory?: string;
}

export class PlannedCouncil {
  @ApiProperty({ format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abce' })
  buyerId: string;
  @ApiProperty({ description: 'Nom.', example: 'Argentré' })
  name: string;
}

export class UsableCouncil extends PlannedCouncil {
  @ApiProperty({ ...DAY, description: 'Dernière séance utile.', example: '2027-04-08' })
  latest: PlainDate;
  @ApiProperty({
    ...DAY,
    isArray: true,
    description: 'Toutes les séances utiles.',
    example: ['2027-02-11', '2027-04-08'],
  })
  sessions: PlainDate[];
}

export class CouncilsAnswer {
  @ApiProperty({
    ...DAY,
    nullable: true,
    description:
      'Jour où tout doit être prêt pour les conseils\u00a0: la première des dernières séances utiles\u00a0; null sans séance utile.',
    example: '2027-04-08',
  })
  readyBy: PlainDate | null;
  @ApiProperty({ type: [UsableCouncil], description: 'Conseils qui peuvent encore délibérer à temps.' })
  usable: UsableCouncil[];
  @ApiProperty({ type: [PlannedCouncil], description: 'Conseils sans séance connue à temps.' })
  without: PlannedCouncil[];
}

export class PlannedStepAnswer {
  @ApiProperty({ description: 'Code stable de l’étape.', example: 'notice-sent' })
  code: string;
  @ApiProperty({ description: 'Ce qu’il y a à faire.', example: 'Envoyer l’avis d’appel à la concurrence' })
  label: string;
  @ApiProperty({ ...DAY, description: 'Jour de l’acte, au plus tard.', example: '2027-09-07' })
  latestOn: PlainDate;
  @ApiProperty({
    ...DAY,
    description: 'Dernier jour que l’étape prend, si l’acte est fait au plus tard.',
    example: '2027-10-07',
  })
  latestLastDay: PlainDate;
  @ApiProperty({
    ...DAY,
    nullable: true,
    description: 'Jour de l’acte, au plus tôt\u00a0; null tant qu’une séance manque avant lui.',
    example: '2027-05-24',
  })
  earliestOn: PlainDate | null;
  @ApiProperty({
    type: 'integer',
    description:
      'Jours d’aujourd’hui au dernier jour de l’acte, ou à la séance pour laquelle tout doit être prêt\u00a0; négatif s’il est passé.',
    example: 106,
  })
  marginDays: number;
  @ApiProperty({
    enum: ['done', 'open', 'late'] satisfies PlannedStep['state'][],
    description: 'Faite, à faire, ou trop tard pour le début souhaité.',
    example: 'open',
  })
  state: PlannedStep['state'];
  @ApiProperty({
    enum: ['law', 'usage', 'choice'] satisfies Basis['kind'][],
    description: 'D’où vient sa durée\u00a0: un texte, l’usage, un choix.',
    example: 'law',
  })
  basis: Basis['kind'];
  @ApiProperty({ type: 'string', nullable: true, description: 'Article du texte.', example: 'CCP R2161-3' })
  article: string | null;
  @ApiProperty({
    type: 'boolean',
    nullable: true,
    description: 'Faux\u00a0: le texte n’a pas été relu, à vérifier.',
    example: true,
  })
  verified: boolean | null;
  @ApiProperty({
    type: CouncilsAnswer,
    nullable: true,
    description: 'Pour les délibérations, les séances des conseils qui n’ont pas encore délibéré.',
    example: null,
  })
  councils: CouncilsAnswer | null;
  @ApiProperty({
    description: 'Pourquoi cette date.',
    example:
      'Envoyer l’avis d’appel à la concurrence\u00a0: au plus tard le mardi 7 septembre 2027. Il faut ensuite un délai minimal de 30 jours (CCP R2161-3).',
  })
  sentence: string;
}

export class PlanAnswer {
  @ApiProperty({ format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' })
  consultationId: string;
  @ApiProperty({ ...DAY, description: 'Aujourd’hui, à Paris.', example: '2027-02-01' })
  today: PlainDate;
  @ApiProperty(START)
  wishedStart: PlainDate;
  @ApiProperty(TERRITORY)
  territory: HolidayTerritory;
  @ApiProperty({
    ...DAY,
    description:
      'Jour pour lequel le droit est demandé\u00a0: celui de l’avis, lancé, prévu ou tiré du plan.',
    example: '2027-09-07',
  })
  lawOn: PlainDate;
  @ApiProperty({ ...PROCEDURE, description: 'Procédure pour laquelle le plan est fait.' })
  procedure: PlannedProcedureKind;
  @ApiProperty({
    enum: PROCEDURE_BASES,
    description: 'Demandée, choisie, tirée de la valeur estimée, ou supposée.',
    example: 'value',
  })
  procedureBasis: ProcedureBasis;
  @ApiProperty({
    description: 'Pourquoi cette procédure.',
    example: 'Appel d’offres ouvert, comme demandé.',
  })
  procedureSentence: string;
  @ApiProperty({ description: 'Vrai\u00a0: le début souhaité peut encore être tenu.', example: true })
  feasible: boolean;
  @ApiProperty({
    ...DAY,
    nullable: true,
    description: 'Début possible au plus tôt\u00a0; null tant qu’une séance manque.',
    example: '2027-10-20',
  })
  earliestStart: PlainDate | null;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Jours qui manquent pour le début souhaité\u00a0; 0 s’il peut être tenu.',
    example: 0,
  })
  missingDays: number | null;
  @ApiProperty({ type: [PlannedCouncil], description: 'Conseils sans séance connue à temps.' })
  withoutSession: PlannedCouncil[];
  @ApiProperty({ description: SENTENCE, example: 'Un début le samedi 1er janvier 2028 est possible.' })
  sentence: string;
  @ApiProperty({ type: [PlannedStepAnswer], description: 'Les étapes, dans l’ordre.' })
  steps: PlannedStepAnswer[];
}
