import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, Length } from 'class-validator';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;
export const text = (description: string, example: string) => ({ description, example }) as const;
export const count = (description: string, example: number) =>
  ({ type: 'integer', description, example }) as const;
const quantity = (description: string, example: string | null) =>
  ({ type: 'string', nullable: true, description, example }) as const;

export const FORM_MODES = ['all', 'valid'] as const;
export type FormMode = (typeof FORM_MODES)[number];

export const TOKEN = {
  description:
    'Ce que la vérification a rendu dans «\u00a0token\u00a0»\u00a0: le fichier s’applique sur ce qui a été vu alors.',
  example: 'n4bQgYhMfWWaL-qgxVrQFa.O5tAdx8E0YvM8Zb7mIQlVg.M9QxAgA',
} as const;

/** How a checked file is applied. */
export class FormApplication {
  @ApiProperty({
    enum: FORM_MODES,
    description: 'all\u00a0: toutes les lignes, ou aucune\u00a0; valid\u00a0: celles qui sont valables.',
    example: 'valid',
  })
  @IsIn(FORM_MODES)
  mode: FormMode;

  @ApiProperty(TOKEN)
  @IsString()
  @Length(1, 8_000)
  token: string;
}

export class FormQuantities {
  @ApiProperty(quantity('Quantité estimée par an\u00a0; null\u00a0: rien n’est dit.', '12.5'))
  estimate: string | null;
  @ApiProperty(quantity('Minimum.', null))
  minimum: string | null;
  @ApiProperty(quantity('Maximum.', null))
  maximum: string | null;
}

export class FormChangeAnswer {
  @ApiProperty(count('Ligne du fichier.', 10))
  line: number;
  @ApiProperty({ ...ID, description: 'Article.' })
  itemId: string;
  @ApiProperty(text('Code de l’article.', 'VH-001'))
  code: string;
  @ApiProperty(text('Désignation.', 'Sel en vrac, rendu'))
  designation: string;
  @ApiProperty(text('Unité.', 'tonne'))
  unit: string;
  @ApiProperty({ type: FormQuantities, description: 'Ce qui est saisi.' })
  before: FormQuantities;
  @ApiProperty({ type: FormQuantities, description: 'Ce que dit le fichier.' })
  after: FormQuantities;
  @ApiProperty({ description: 'Si la quantité lue est le dernier résultat d’une formule.', example: false })
  formula: boolean;
  @ApiProperty(text('Le même changement, en clair.', 'VH-001\u00a0: 12 → 12,5\u00a0tonne'))
  sentence: string;
}

export class RejectedLineAnswer {
  @ApiProperty(count('Ligne du fichier.', 12))
  line: number;
  @ApiProperty(text('Code de l’article, tel qu’il a été lu.', 'VH-002'))
  code: string;
  @ApiProperty(text('Valeur lue.', '12 sacs'))
  value: string;
  @ApiProperty(text('Ce qui ne va pas.', 'la quantité estimée porte une unité (sacs)'))
  problem: string;
  @ApiProperty(text('Ce qu’il faut écrire.', 'écrire 12, sans unité ni symbole'))
  correction: string;
}

export class FormCheckAnswer {
  @ApiProperty(count('Lignes qui changent quelque chose.', 3))
  changed: number;
  @ApiProperty(count('Lignes qui disent ce qui est déjà saisi.', 20))
  unchanged: number;
  @ApiProperty(count('Lignes refusées.', 1))
  rejected: number;
  @ApiProperty({
    type: [String],
    description: 'Ce qui est à savoir du fichier entier, en clair.',
    example: [
      '1\u00a0quantité est effacée\u00a0: rien n’est plus dit de VH-003. Pour dire qu’il n’y a pas de besoin, écrire 0.',
    ],
  })
  remarks: readonly string[];
  @ApiProperty({ type: [FormChangeAnswer], description: 'Les changements, dans l’ordre du fichier.' })
  changes: readonly FormChangeAnswer[];
  @ApiProperty({ type: [RejectedLineAnswer], description: 'Les lignes refusées, dans l’ordre du fichier.' })
  lines: readonly RejectedLineAnswer[];
  @ApiProperty({ ...TOKEN, description: 'À redonner pour appliquer ce fichier sur ce qui a été vu.' })
  token: string;
}

export class FormOutcome {
  @ApiProperty(count('Lignes enregistrées.', 3))
  applied: number;
  @ApiProperty(count('Lignes qui disaient ce qui était déjà saisi.', 20))
  unchanged: number;
  @ApiProperty({ type: [RejectedLineAnswer], description: 'Les lignes laissées de côté.' })
  leftOut: readonly RejectedLineAnswer[];
}
