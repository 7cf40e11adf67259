import { ApiProperty } from '@nestjs/swagger';
import { CampaignAnswer } from '../declarations/answers.dto.js';
import { DECLARATION_STATES, type DeclarationState } from '../declarations/declaration.rules.js';
import { PROJECTION_BASES, type ProjectionBasis } from './dashboard.rules.js';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;
const text = (description: string, example: string) => ({ description, example }) as const;
const euros = (description: string, example: string) =>
  ({ type: 'string', description: `${description}, en euros HT.`, example }) as const;
const count = (description: string, example: number) => ({ type: 'integer', description, example }) as const;
const instant = (description: string, example: string | null) =>
  ({ type: 'string', format: 'date-time', nullable: true, description, example }) as const;

export class ProgressAnswer {
  @ApiProperty(count('Membres d’un lot au moins, ou exclus faute de réponse.', 34))
  members: number;
  @ApiProperty(count('Déclarations transmises, quoi qu’elles attendent.', 23))
  answered: number;
  @ApiProperty(count('Brouillons jamais transmis.', 4))
  drafts: number;
  @ApiProperty(count('Sans réponse.', 7))
  noAnswer: number;
  @ApiProperty(count('Refusées par le coordonnateur.', 0))
  refused: number;
  @ApiProperty(count('Contestées par leur commune.', 0))
  contested: number;
  @ApiProperty(count('Parmi les transmises, celles qui attendent leur valideur.', 0))
  awaitingValidation: number;
  @ApiProperty(count('Parmi les transmises, celles qui attendent le coordonnateur.', 2))
  awaitingDecision: number;
  @ApiProperty(count('Parmi les transmises, celles qui ont été modifiées depuis.', 1))
  modified: number;
  @ApiProperty(count('Dont la dernière version est venue après l’échéance.', 2))
  late: number;
  @ApiProperty(count('Membres exclus d’un lot au moins.', 0))
  excluded: number;
}

export class DeskMemberAnswer {
  @ApiProperty({ ...ID, description: 'Membre.' })
  buyerId: string;
  @ApiProperty(text('Son nom.', 'Argentré'))
  buyerName: string;
  @ApiProperty({ enum: DECLARATION_STATES, description: 'Où en est sa déclaration.', example: 'draft' })
  state: DeclarationState;
  @ApiProperty({ description: 'Si sa dernière version est venue après l’échéance.', example: false })
  late: boolean;
  @ApiProperty(count('Lots dont il est exclu.', 0))
  excludedLots: number;
  @ApiProperty(instant('Dernière transmission.', '2026-12-10T09:12:00.000Z'))
  transmittedAt: Date | null;
  @ApiProperty(instant('Dernière activité de sa déclaration.', '2026-12-10T09:12:00.000Z'))
  lastActivityAt: Date | null;
}

export class ProjectionAnswer {
  @ApiProperty({
    enum: PROJECTION_BASES,
    description:
      'D’après ses quantités de l’an passé aux prix de cette année, ou la médiane par habitant des autres membres du lot.',
    example: 'last_year',
  })
  basis: ProjectionBasis;
  @ApiProperty(euros('Un an', '1240.00'))
  yearly: string;
}

export class MissingMemberAnswer {
  @ApiProperty({ ...ID, description: 'Membre.' })
  buyerId: string;
  @ApiProperty(text('Son nom.', 'Louverné'))
  buyerName: string;
  @ApiProperty(instant('Exclusion\u00a0; null\u00a0: il peut encore répondre.', null))
  excludedAt: Date | null;
  @ApiProperty({
    type: ProjectionAnswer,
    nullable: true,
    description: 'Ce qu’il pourrait demander, hors du total\u00a0; null\u00a0: rien ne le dit.',
  })
  projection: ProjectionAnswer | null;
}

export class ProjectedAnswer {
  @ApiProperty(euros('Un an, avec les membres absents du total', '32000.00'))
  yearly: string;
  @ApiProperty(euros('Toute la durée, reconductions comprises', '128000.00'))
  whole: string;
  @ApiProperty({ description: 'Faux\u00a0: rien ne dit le besoin d’un membre absent.', example: true })
  complete: boolean;
}

export class ChangeAnswer {
  @ApiProperty(count('Membres comparés\u00a0: comptés, et dont l’an passé est connu.', 21))
  members: number;
  @ApiProperty(euros('Leurs quantités de l’an passé, aux prix de cette année', '28000.00'))
  lastYear: string;
  @ApiProperty(euros('Leurs besoins de cette année', '30000.00'))
  thisYear: string;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Évolution en pour cent, au dixième\u00a0; null\u00a0: rien n’était acheté.',
    example: '7.1',
  })
  percent: string | null;
}

export class DeskLotAnswer {
  @ApiProperty({ ...ID, description: 'Lot.' })
  lotId: string;
  @ApiProperty(count('Numéro.', 1))
  number: number;
  @ApiProperty(text('Intitulé.', 'Sel de déneigement'))
  title: string;
  @ApiProperty(count('Membres comptés, zéros compris.', 21))
  members: number;
  @ApiProperty(euros('Ce qui compte, un an', '30000.00'))
  yearly: string;
  @ApiProperty(euros('Ce qui compte, toute la durée, reconductions comprises', '120000.00'))
  whole: string;
  @ApiProperty({
    type: [MissingMemberAnswer],
    description: 'Membres qui ne sont pas dans ce total, par nom, les exclus à la fin.',
  })
  missing: readonly MissingMemberAnswer[];
  @ApiProperty(text('Qui n’est pas compté, en clair.', 'Tous les membres du lot sont comptés.'))
  sentence: string;
  @ApiProperty({ type: ProjectedAnswer, description: 'Projection, à part du total.' })
  projected: ProjectedAnswer;
  @ApiProperty({
    type: ChangeAnswer,
    nullable: true,
    description: 'Par rapport à l’an passé, à membres égaux\u00a0; null\u00a0: rien à comparer.',
  })
  change: ChangeAnswer | null;
}

export class MarginAnswer {
  @ApiProperty(text('Chiffre du droit.', 'formalisee_fs'))
  code: string;
  @ApiProperty(text('Son nom.', 'Procédure formalisée, fournitures et services'))
  label: string;
  @ApiProperty(text('Article.', 'CCP L2124-1'))
  article: string;
  @ApiProperty(euros('Seuil', '216000.00'))
  threshold: string;
  @ApiProperty(euros('Ce qui reste avant lui\u00a0; négatif\u00a0: ce qui le dépasse', '96000.00'))
  margin: string;
  @ApiProperty({ description: 'S’il est atteint.', example: false })
  reached: boolean;
  @ApiProperty({ description: 'Le premier qui n’est pas atteint.', example: true })
  next: boolean;
  @ApiProperty(
    text(
      'En clair.',
      'Procédure formalisée, fournitures et services (216\u202f000,00\u00a0€ HT)\u00a0: encore 96\u202f000,00\u00a0€ avant de l’atteindre.',
    ),
  )
  sentence: string;
}

export class DeskTotalAnswer {
  @ApiProperty(euros('Ce qui compte, un an, tous lots', '96000.00'))
  yearly: string;
  @ApiProperty(euros('Ce qui compte, toute la durée, tous lots', '384000.00'))
  whole: string;
  @ApiProperty({ type: ProjectedAnswer, description: 'Projection, à part du total.' })
  projected: ProjectedAnswer;
  @ApiProperty(count('Durée en années, reconductions comprises.', 4))
  years: number;
}

export class DeskValueAnswer {
  @ApiProperty(
    euros(
      'Valeur estimée qui décide de la procédure\u00a0: maximums des accords-cadres compris',
      '120000.00',
    ),
  )
  net: string;
  @ApiProperty({
    description: 'Faux\u00a0: un lot n’a pas de montant, la valeur est au moins celle-ci.',
    example: true,
  })
  complete: boolean;
  @ApiProperty({
    type: 'string',
    format: 'date',
    description: 'Jour dont le droit est lu.',
    example: '2027-01-15',
  })
  lawOn: string;
  @ApiProperty({ type: [MarginAnswer], description: 'Seuils connus ce jour-là, le plus bas d’abord.' })
  margins: readonly MarginAnswer[];
}

export class DeskSignalsAnswer {
  @ApiProperty(count('Quantités à confirmer ou à corriger.', 3))
  toConfirm: number;
  @ApiProperty(count('Quantités confirmées.', 1))
  confirmed: number;
}

export class DashboardAnswer {
  @ApiProperty({ type: CampaignAnswer, description: 'Recensement.' })
  campaign: CampaignAnswer;
  @ApiProperty({ type: ProgressAnswer, description: 'Où en sont les membres.' })
  progress: ProgressAnswer;
  @ApiProperty(instant('Dernière activité d’une déclaration.', '2026-12-10T09:12:00.000Z'))
  lastActivityAt: Date | null;
  @ApiProperty({ type: DeskTotalAnswer, description: 'Tous lots réunis.' })
  total: DeskTotalAnswer;
  @ApiProperty({ type: [DeskLotAnswer], description: 'Par numéro.' })
  lots: readonly DeskLotAnswer[];
  @ApiProperty({ type: DeskValueAnswer, description: 'Valeur estimée, et ce qui la sépare des seuils.' })
  value: DeskValueAnswer;
  @ApiProperty({
    type: DeskSignalsAnswer,
    nullable: true,
    description:
      'Quantités à vérifier\u00a0; null\u00a0: trop de lignes pour les juger toutes ici, leur liste les compte.',
  })
  signals: DeskSignalsAnswer | null;
  @ApiProperty({ type: [DeskMemberAnswer], description: 'Par nom.' })
  members: readonly DeskMemberAnswer[];
}
