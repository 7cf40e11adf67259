import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { PageQuery } from '../platform/http/pages.js';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;
const decimal = (description: string, example: string) => ({ type: 'string', description, example }) as const;

export const TOTALS_BY = ['item', 'lot', 'member', 'cluster', 'year'] as const;
export type TotalsBy = (typeof TOTALS_BY)[number];
export const OWN_TOTALS_BY = ['item', 'lot', 'year'] as const satisfies readonly TotalsBy[];

export class NeedsTotalsQuery extends PageQuery {
  @ApiProperty({
    enum: TOTALS_BY,
    enumName: 'NeedsTotalsBy',
    description: 'Par article, lot, membre, pôle de proximité ou année du contrat.',
    example: 'item',
  })
  @IsIn(TOTALS_BY)
  by: TotalsBy;
}

export class OwnNeedsTotalsQuery extends PageQuery {
  @ApiProperty({
    enum: OWN_TOTALS_BY,
    enumName: 'OwnNeedsTotalsBy',
    description: 'Par article, lot ou année du contrat.',
    example: 'lot',
  })
  @IsIn(OWN_TOTALS_BY)
  by: (typeof OWN_TOTALS_BY)[number];
}

export class TotalQuantities {
  @ApiProperty({ description: 'Unité.', example: 'sac' })
  unit: string;
  @ApiProperty(decimal('Minimum par an\u00a0; non dit, il compte 0.', '40'))
  minimum: string;
  @ApiProperty(decimal('Estimation par an.', '113'))
  estimate: string;
  @ApiProperty(decimal('Maximum par an\u00a0; non dit, il compte l’estimation.', '150'))
  maximum: string;
}

export class PacksAnswer {
  @ApiProperty(decimal('Unités par conditionnement.', '40'))
  packaging: string;
  @ApiProperty(decimal('Conditionnements entiers qui contiennent l’estimation.', '3'))
  packs: string;
  @ApiProperty(decimal('Ce qui manque pour que le dernier soit complet.', '7'))
  lacking: string;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'La même chose en une phrase\u00a0; null\u00a0: rien ne manque.',
    example: 'il manque 7\u00a0sacs pour un conditionnement complet de 40\u00a0sacs',
  })
  sentence: string | null;
}

export class ClusterPacksAnswer {
  @ApiProperty({ ...ID, description: 'Pôle de proximité.' })
  id: string;
  @ApiProperty({ description: 'Nom du pôle.', example: 'Pôle de Loiron' })
  name: string;
  @ApiProperty(decimal('Ce que ses membres estiment par an.', '33'))
  estimate: string;
  @ApiProperty({
    type: PacksAnswer,
    nullable: true,
    description:
      'En conditionnements\u00a0; null quand l’article se vend à l’unité, ou que le bordereau n’en donne pas de chiffre.',
    example: { packaging: '40', packs: '1', lacking: '7', sentence: null },
  })
  packs: PacksAnswer | null;
}

export class NeedTotalAnswer {
  @ApiProperty({
    ...ID,
    type: 'string',
    nullable: true,
    description: 'Article, lot, acheteur ou pôle\u00a0; null\u00a0: une année, ou hors pôle.',
  })
  id: string | null;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Code de l’article, ou SIRET du membre.',
    example: 'VH-002',
  })
  code: string | null;
  @ApiProperty({
    description: 'Désignation, intitulé, nom ou année.',
    example: 'Sel de déneigement, sac de 25\u00a0kg',
  })
  label: string;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Numéro du lot, ou de celui de l’article.',
    example: 1,
  })
  lotNumber: number | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Année du contrat.', example: null })
  year: number | null;
  @ApiProperty({ type: 'integer', description: 'Membres qui demandent quelque chose.', example: 12 })
  members: number;
  @ApiProperty({
    type: TotalQuantities,
    nullable: true,
    description: 'Quantités par an, pour un article.',
  })
  quantities: TotalQuantities | null;
  @ApiProperty({
    type: PacksAnswer,
    nullable: true,
    description:
      'L’estimation en conditionnements, pour un article dont le bordereau donne le conditionnement en chiffres, autre que 1.',
  })
  packs: PacksAnswer | null;
  @ApiProperty({
    type: [ClusterPacksAnswer],
    description:
      'Pour un article, pôle par pôle\u00a0; un acheteur de plusieurs pôles compte dans chacun. Vide pour un seul membre.',
  })
  clusters: readonly ClusterPacksAnswer[];
  @ApiProperty(decimal('Euros HT par an\u00a0: chaque ligne arrondie au centime, puis la somme.', '694.95'))
  net: string;
  @ApiProperty(
    decimal('Euros TTC par an\u00a0: la TVA calculée une fois sur le total de chaque taux.', '833.94'),
  )
  gross: string;
  @ApiProperty(decimal('Euros HT sur toute la durée, reconductions comprises.', '2779.80'))
  netOverall: string;
  @ApiProperty(decimal('Euros TTC sur toute la durée, reconductions comprises.', '3335.76'))
  grossOverall: string;
}

export class NeedsTotalsPage {
  @ApiProperty({ type: 'integer', description: 'Durée ferme, en années.', example: 1 })
  firmYears: number;
  @ApiProperty({ type: 'integer', description: 'Reconductions d’un an.', example: 3 })
  renewals: number;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Ce qu’il ne faut pas additionner\u00a0; null\u00a0: tout s’additionne HT.',
    example: null,
  })
  caution: string | null;
  @ApiProperty({ type: [NeedTotalAnswer], description: 'Les totaux. Seuls les besoins validés comptent.' })
  items: readonly NeedTotalAnswer[];
  @ApiProperty({
    type: 'string',
    nullable: true,
    description:
      'Curseur de la page suivante\u00a0; null sur la dernière. Le lien «\u00a0next\u00a0» le porte.',
    example: null,
  })
  next: string | null;
}
