import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;
const NET = {
  type: 'string',
  description: 'Besoins validés × prix unitaires estimés, en euros HT par an.',
  example: '48000.00',
} as const;
const quantity = (description: string, example: string) =>
  ({ type: 'string', description, example }) as const;

export class ClusterNeedsQuery {
  @ApiPropertyOptional({
    ...ID,
    description: 'Seulement ce lot, avec les quantités de chacun de ses articles.',
  })
  @MayBeAbsent()
  @IsUUID()
  lotId?: string;
}

export class ClusterItemAnswer {
  @ApiProperty({ ...ID, description: 'Article.' })
  itemId: string;
  @ApiProperty({ description: 'Code de l’article.', example: 'SEL-25' })
  code: string;
  @ApiProperty({ description: 'Désignation.', example: 'Sel de déneigement en sacs de 25\u00a0kg' })
  designation: string;
  @ApiProperty({ description: 'Unité.', example: 'sac' })
  unit: string;
  @ApiProperty(quantity('Quantité minimale par an\u00a0; non dite, elle compte 0.', '40.000'))
  minimum: string;
  @ApiProperty(quantity('Quantité estimée par an.', '120.000'))
  estimate: string;
  @ApiProperty(quantity('Quantité maximale par an\u00a0; non dite, elle compte l’estimée.', '150.000'))
  maximum: string;
}

export class ClusterLotAnswer {
  @ApiProperty({ ...ID, description: 'Lot.' })
  lotId: string;
  @ApiProperty({ type: 'integer', description: 'Numéro du lot.', example: 1 })
  number: number;
  @ApiProperty({ type: 'integer', description: 'Acheteurs qui ont rejoint le lot.', example: 8 })
  participants: number;
  @ApiProperty(NET)
  net: string;
  @ApiProperty({
    type: [ClusterItemAnswer],
    description: 'Quantités des articles demandés\u00a0; vide, sauf avec «\u00a0lotId\u00a0».',
  })
  items: readonly ClusterItemAnswer[];
}

export class ClusterNeedsLine {
  @ApiProperty({ type: 'integer', description: 'Acheteurs qui ont rejoint un lot au moins.', example: 9 })
  participants: number;
  @ApiProperty(NET)
  net: string;
  @ApiProperty({ type: [ClusterLotAnswer], description: 'Lot par lot, par numéro.' })
  lots: readonly ClusterLotAnswer[];
}

export class ClusterNeedsAnswer extends ClusterNeedsLine {
  @ApiProperty({ ...ID, description: 'Pôle.' })
  id: string;
  @ApiProperty({ description: 'Nom du pôle.', example: 'Pôle de Loiron' })
  name: string;
  @ApiProperty({ ...ID, description: 'Commune de tête.' })
  leadBuyerId: string;
  @ApiProperty({ description: 'Nom de la commune de tête.', example: 'Loiron-Ruillé' })
  leadName: string;
}

export class ConsultationClustersAnswer {
  @ApiProperty({
    type: [ClusterNeedsAnswer],
    description: 'Les pôles dont un membre au moins a été invité dans le groupement, par nom.',
  })
  clusters: readonly ClusterNeedsAnswer[];
  @ApiProperty({ type: ClusterNeedsLine, description: 'Hors pôle\u00a0: ceux qui ne sont d’aucun.' })
  outside: ClusterNeedsLine;
  @ApiProperty({ type: ClusterNeedsLine, description: 'Tous, chacun une fois.' })
  total: ClusterNeedsLine;
  @ApiProperty({
    description: 'Ce qu’il ne faut pas additionner.',
    example:
      'Un acheteur membre de plusieurs pôles compte dans chacun\u00a0: les lignes des pôles ne s’additionnent pas. Le total compte chaque acheteur une fois.',
  })
  caution: string;
  @ApiProperty({
    description:
      'Si tous les acheteurs sont comptés\u00a0; faux quand le groupement a fermé la lecture entre membres\u00a0: seulement les siens.',
    example: true,
  })
  everyone: boolean;
}
