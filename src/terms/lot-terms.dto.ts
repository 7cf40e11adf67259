import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsEuros, IsPercent, OptionalText } from '../platform/http/amount.decorators.js';
import {
  ADVANCE_BASES,
  type AdvanceBasis,
  HOLDERS,
  type Holders,
  ORDER_SHARINGS,
  type OrderSharing,
  PRICE_KINDS,
  type PriceKind,
  SOCIAL_EXEMPTION_GROUNDS,
  type SocialExemptionGround,
  VARIANTS,
  type Variants,
  VAT_BASES,
  type VatBasis,
} from './terms.rules.js';

const EUROS = { type: 'string', nullable: true, pattern: '^\\d{1,10}(\\.\\d{1,2})?$' } as const;
const PERCENT = { type: 'string', nullable: true, pattern: '^\\d{1,3}(\\.\\d{1,2})?$' } as const;
const text = (description: string, example: string, maxLength: number) =>
  ({ type: 'string', nullable: true, description, example, maxLength }) as const;
const LONG = 10_000;

/** The whole of a lot's terms: what is absent is emptied. */
export class LotTermsRequest {
  @ApiPropertyOptional({
    ...EUROS,
    description:
      'Maximum du lot, en euros HT, pour toute la durée, reconductions comprises. Obligatoire pour un accord-cadre (CCP R2162-4).',
    example: '120000.00',
  })
  @IsOptional()
  @IsEuros()
  maximum: string | null = null;

  @ApiPropertyOptional({
    ...EUROS,
    description: 'Minimum du lot, en euros HT, pour toute la durée. Null\u00a0: aucun.',
    example: '60000.00',
  })
  @IsOptional()
  @IsEuros()
  minimum: string | null = null;

  @ApiProperty({
    enum: HOLDERS,
    enumName: 'Holders',
    description: 'Un titulaire ou plusieurs.',
    example: 'several',
  })
  @IsIn(HOLDERS)
  holders: Holders;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: 2,
    maximum: 99,
    description: 'Nombre maximal de titulaires, s’il y en a plusieurs.',
    example: 2,
  })
  @IsOptional()
  @IsInt()
  @Min(2)
  @Max(99)
  holderCount: number | null = null;

  @ApiPropertyOptional({
    enum: ORDER_SHARINGS,
    enumName: 'OrderSharing',
    nullable: true,
    description:
      'Règle qui partage les bons de commande entre plusieurs titulaires (CCP R2162-14)\u00a0: cascade, tour de rôle (rotation), pourcentages, prix par commande.',
    example: 'percentages',
  })
  @IsOptional()
  @IsIn(ORDER_SHARINGS)
  orderSharing: OrderSharing | null = null;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: 1,
    maximum: 720,
    description: 'Cascade\u00a0: heures après lesquelles la commande passe au titulaire suivant.',
    example: null,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(720)
  cascadeDelayHours: number | null = null;

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'string', pattern: PERCENT.pattern },
    maxItems: 99,
    description:
      'Pourcentages\u00a0: part de chaque titulaire, dans l’ordre du classement\u00a0; 100 en tout.',
    example: ['60', '40'],
  })
  @IsArray()
  @ArrayMaxSize(99)
  @IsPercent({ each: true })
  orderShares: string[] = [];

  @ApiPropertyOptional(
    text('Précisions sur le partage des commandes.', 'Le partage s’apprécie par période d’un an.', 2000),
  )
  @OptionalText(2000)
  orderSharingNote: string | null = null;

  @ApiPropertyOptional({
    enum: VARIANTS,
    enumName: 'Variants',
    nullable: true,
    description:
      'Variantes interdites, autorisées ou exigées. Null\u00a0: règle de la procédure (CCP R2151-8).',
    example: 'forbidden',
  })
  @IsOptional()
  @IsIn(VARIANTS)
  variants: Variants | null = null;

  @ApiPropertyOptional({
    enum: VAT_BASES,
    enumName: 'VatBasis',
    default: 'net',
    description: 'Prix comparés HT (net) ou TTC (gross).',
    example: 'net',
  })
  @IsIn(VAT_BASES)
  vatBasis: VatBasis = 'net';

  @ApiPropertyOptional({
    ...PERCENT,
    description: 'Taux de l’avance, en pourcentage (CCP R2191-7).',
    example: '5',
  })
  @IsOptional()
  @IsPercent()
  advanceRate: string | null = null;

  @ApiPropertyOptional({
    ...PERCENT,
    description: 'Taux de l’avance d’un titulaire PME, s’il diffère.',
    example: '10',
  })
  @IsOptional()
  @IsPercent()
  advanceRateSme: string | null = null;

  @ApiPropertyOptional({
    enum: ADVANCE_BASES,
    enumName: 'AdvanceBasis',
    nullable: true,
    description:
      'Assiette de l’avance\u00a0: montant du marché (contract), minimum en une fois (minimum, R2191-17), chaque commande (per_order, R2191-16 et -18).',
    example: 'per_order',
  })
  @IsOptional()
  @IsIn(ADVANCE_BASES)
  advanceBasis: AdvanceBasis | null = null;

  @ApiPropertyOptional({
    ...PERCENT,
    description: 'Retenue de garantie, en pourcentage (CCP R2191-33). Null\u00a0: aucune.',
    example: '5',
  })
  @IsOptional()
  @IsPercent()
  retentionRate: string | null = null;

  @ApiPropertyOptional({
    ...PERCENT,
    description: 'Retenue de garantie d’un titulaire PME, si elle diffère.',
    example: '3',
  })
  @IsOptional()
  @IsPercent()
  retentionRateSme: string | null = null;

  @ApiPropertyOptional(
    text('Pénalités.', '50 € HT par jour ouvré de retard de livraison, 1 000 € HT au plus.', LONG),
  )
  @OptionalText(LONG)
  penalties: string | null = null;

  @ApiPropertyOptional({
    enum: PRICE_KINDS,
    enumName: 'PriceKind',
    nullable: true,
    description: 'Prix ferme (fixed), révisable (revisable) ou ferme actualisable (adjustable).',
    example: 'revisable',
  })
  @IsOptional()
  @IsIn(PRICE_KINDS)
  priceKind: PriceKind | null = null;

  @ApiPropertyOptional(
    text(
      'Formule de révision ou d’actualisation.',
      'P = P0 × (0,15 + 0,85 × I / I0), chaque 1er janvier.',
      LONG,
    ),
  )
  @OptionalText(LONG)
  priceFormula: string | null = null;

  @ApiPropertyOptional(
    text('Clause environnementale (CCP L2112-2).', 'Emballages repris et recyclés par le titulaire.', LONG),
  )
  @OptionalText(LONG)
  environmentalClause: string | null = null;

  @ApiPropertyOptional(
    text('Clause sociale (CCP L2112-2-1).', '120 heures d’insertion par an de contrat.', LONG),
  )
  @OptionalText(LONG)
  socialClause: string | null = null;

  @ApiPropertyOptional({
    enum: SOCIAL_EXEMPTION_GROUNDS,
    enumName: 'SocialExemptionGround',
    nullable: true,
    description:
      'Cas de dispense de clause sociale\u00a0: solution immédiatement disponible, lien insuffisant avec l’objet, concurrence restreinte ou exécution difficile, travaux de moins de six mois.',
    example: null,
  })
  @IsOptional()
  @IsIn(SOCIAL_EXEMPTION_GROUNDS)
  socialExemptionGround: SocialExemptionGround | null = null;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    description: 'Motif de la dispense, conservé au dossier.',
    example: null,
    minLength: 10,
    maxLength: 2000,
  })
  @OptionalText(2000, 10)
  socialExemption: string | null = null;
}
