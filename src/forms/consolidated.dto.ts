import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsString, Length } from 'class-validator';
import { OptionalText } from '../platform/http/amount.decorators.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';
import {
  count,
  FORM_MODES,
  type FormMode,
  FormQuantities,
  RejectedLineAnswer,
  text,
  TOKEN,
} from './forms.dto.js';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;
const MODE = {
  enum: FORM_MODES,
  description: 'all\u00a0: toutes les lignes, ou aucune\u00a0; valid\u00a0: celles qui sont valables.',
  example: 'valid',
};

/** How a checked file of several members is applied. */
export class ConsolidatedApplication {
  @ApiProperty(MODE)
  @IsIn(FORM_MODES)
  mode: FormMode;

  @ApiProperty(TOKEN)
  @IsString()
  @Length(1, 12_000)
  token: string;

  @ApiPropertyOptional({
    type: 'boolean',
    default: false,
    description:
      'true\u00a0: ce que chaque membre du fichier a de saisi est transmis en son nom, et compte\u00a0; la commune peut le contester.',
    example: true,
  })
  @MayBeAbsent()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  transmit = false;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    maxLength: 500,
    description: 'D’où viennent ces quantités, pour transmettre\u00a0: chaque commune le lit.',
    example: 'd’après ce que le membre a envoyé',
  })
  @OptionalText(500)
  reason: string | null = null;
}

/** How last year's quantities are written. */
export class HistoryApplication {
  @ApiProperty(MODE)
  @IsIn(FORM_MODES)
  mode: FormMode;
}

export class ConsolidatedMember {
  @ApiProperty({ ...ID, description: 'Acheteur.' })
  buyerId: string;
  @ApiProperty(text('Nom de l’acheteur.', 'Argentré'))
  buyerName: string;
  @ApiProperty(count('Lignes qui changent quelque chose.', 12))
  changed: number;
  @ApiProperty(count('Lignes qui disent ce qui est déjà là.', 8))
  unchanged: number;
  @ApiProperty(count('Parmi celles qui changent, quantités effacées\u00a0: rien n’en est plus dit.', 1))
  emptied: number;
  @ApiProperty(count('Lignes refusées.', 0))
  rejected: number;
}

export class ConsolidatedChange {
  @ApiProperty(count('Ligne du fichier.', 10))
  line: number;
  @ApiProperty({ ...ID, description: 'Acheteur.' })
  buyerId: string;
  @ApiProperty(text('Nom de l’acheteur.', 'Argentré'))
  buyerName: string;
  @ApiProperty(text('Code de l’article.', 'VH-001'))
  code: string;
  @ApiProperty(text('Unité.', 'tonne'))
  unit: string;
  @ApiProperty({ type: FormQuantities, description: 'Ce qui est là.' })
  before: FormQuantities;
  @ApiProperty({ type: FormQuantities, description: 'Ce que dit le fichier.' })
  after: FormQuantities;
  @ApiProperty(text('Le même changement, en clair.', 'Argentré, VH-001\u00a0: 12 → 12,5'))
  sentence: string;
}

export class HistoryCheck {
  @ApiProperty(count('Lignes qui changent quelque chose.', 12))
  changed: number;
  @ApiProperty(count('Lignes qui disent ce qui est déjà là.', 8))
  unchanged: number;
  @ApiProperty(count('Lignes refusées.', 1))
  rejected: number;
  @ApiProperty({ type: [ConsolidatedMember], description: 'Membre par membre, par nom.' })
  members: readonly ConsolidatedMember[];
  @ApiProperty({
    type: [ConsolidatedChange],
    description: 'Les mille premiers changements, dans l’ordre du fichier.',
  })
  changes: readonly ConsolidatedChange[];
  @ApiProperty({
    type: [RejectedLineAnswer],
    description: 'Les mille premières lignes refusées, dans l’ordre du fichier.',
  })
  lines: readonly RejectedLineAnswer[];
}

export class ConsolidatedCheck extends HistoryCheck {
  @ApiProperty({ ...TOKEN, description: 'À redonner pour appliquer ce fichier sur ce qui a été vu.' })
  token: string;
}

export class HistoryOutcome {
  @ApiProperty(count('Lignes enregistrées.', 12))
  applied: number;
  @ApiProperty(count('Lignes qui disaient ce qui était déjà là.', 8))
  unchanged: number;
  @ApiProperty(count('Lignes laissées de côté.', 1))
  rejected: number;
  @ApiProperty({ type: [RejectedLineAnswer], description: 'Les mille premières lignes laissées de côté.' })
  leftOut: readonly RejectedLineAnswer[];
}

export class ConsolidatedOutcome extends HistoryOutcome {
  @ApiProperty(count('Déclarations transmises au nom de leur membre.', 0))
  transmitted: number;
}
