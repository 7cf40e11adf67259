import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { IsIn, IsInt, Length, Matches, Max, Min, ValidateBy, ValidateIf } from 'class-validator';
import { CpvCode } from '../platform/http/cpv-code.decorator.js';
import { VAT_RATES } from '../lots/lots.rules.js';
import { readUnit, unknownUnit } from './units.rules.js';
import { OneLine } from '../platform/http/one-line.decorator.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;
const NULLABLE = { type: 'string', nullable: true } as const;
const CODE = { description: 'Code, unique dans la consultation.', example: 'VH-001' };
const DESIGNATION = { description: 'Désignation.', example: 'Sel de déneigement en vrac, rendu' };
const UNIT = {
  description:
    'Unité, comme on l’écrit\u00a0: «\u00a0sac\u00a0», «\u00a0T\u00a0», «\u00a0m2\u00a0», ou son code UN/ECE (XBG, TNE, MTK).',
  example: 'tonne',
};
const PACKAGING = {
  description: 'Nombre d’unités par lot de vente, 3\u00a0décimales au plus.',
  example: '1',
};
const UNIT_PRICE = {
  description: 'Prix unitaire estimé HT, en euros, 4\u00a0décimales au plus.',
  example: '92.00',
};
const VAT_RATE = { description: 'Taux de TVA, en pour cent.', example: '20', enum: VAT_RATES };
const CPV = {
  ...NULLABLE,
  description:
    'Code CPV de l’article, s’il n’est pas celui du lot\u00a0: 8\u00a0chiffres, la clé étant admise.',
  example: null,
};
const FAMILY = { ...NULLABLE, description: 'Famille d’achats.', example: 'sel de déneigement' };
const NATURE = {
  description: 'Nature M57 (numéro de compte)\u00a0; vide\u00a0: pas encore connue.',
  example: '60633',
};
const REUSE = {
  ...NULLABLE,
  description:
    'Part attendue de biens issus du réemploi ou recyclés, en pour cent (loi 2020-105, article 58).',
  example: null,
};
const POSITION = {
  type: 'integer',
  minimum: 1,
  maximum: 100_000,
  description: 'Place dans le lot, à partir de 1.',
  example: 1,
} as const;

const IsKnownUnit = (): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isKnownUnit',
      validator: { validate: (value: unknown) => typeof value === 'string' && readUnit(value).ok },
    },
    {
      message: ({ value }: { value: unknown }) => {
        const text = typeof value === 'string' ? value.slice(0, 80) : '';
        const reading = readUnit(text);
        const [problem, correction] = unknownUnit(text, reading.ok ? [] : reading.suggestions);
        return `${problem.charAt(0).toUpperCase()}${problem.slice(1)}\u00a0: ${correction}.`;
      },
    },
  );

/** A decimal text, never a JSON number. */
const IsDecimalText = (decimals: number): PropertyDecorator =>
  Matches(new RegExp(`^(0|[1-9]\\d{0,9})(\\.\\d{1,${decimals}})?$`), {
    message: `Un nombre positif est attendu, en texte, avec un point et ${decimals}\u00a0décimales au plus\u00a0: "12.50".`,
  });

const unlessNull = ValidateIf((_, value: unknown) => value !== null && value !== undefined);

/** A new item. */
export class NewItemRequest {
  @ApiProperty(CODE)
  @OneLine()
  @Length(1, 40)
  code: string;

  @ApiProperty(DESIGNATION)
  @OneLine()
  @Length(1, 500)
  designation: string;

  @ApiProperty(UNIT)
  @OneLine()
  @IsKnownUnit()
  unit: string;

  @ApiPropertyOptional({ ...PACKAGING, default: '1' })
  @MayBeAbsent()
  @IsDecimalText(3)
  @Matches(/[1-9]/, { message: 'Le conditionnement ne peut pas être nul.' })
  packaging?: string;

  @ApiProperty(UNIT_PRICE)
  @IsDecimalText(4)
  unitPrice: string;

  @ApiProperty(VAT_RATE)
  @IsIn(VAT_RATES)
  vatRate: string;

  @ApiPropertyOptional(CPV)
  @unlessNull
  @CpvCode()
  cpvCode?: string | null;

  @ApiPropertyOptional(FAMILY)
  @unlessNull
  @OneLine()
  @Length(1, 120)
  purchaseFamily?: string | null;

  @ApiPropertyOptional({
    ...NATURE,
    description: `${NATURE.description} Absente\u00a0: celle qui va d’ordinaire avec la famille.`,
  })
  @MayBeAbsent()
  @Matches(/^\d{0,8}$/, { message: 'Une nature M57 est un numéro de compte de 8\u00a0chiffres au plus.' })
  m57Nature?: string;

  @ApiPropertyOptional(REUSE)
  @unlessNull
  @Matches(/^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/, {
    message: 'Une part de réemploi va de 0 à 100, en texte, avec 2\u00a0décimales au plus\u00a0: "20".',
  })
  reuseShare?: string | null;

  @ApiPropertyOptional({ ...POSITION, description: `${POSITION.description} Absente\u00a0: la dernière.` })
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(100_000)
  position?: number;
}

/** What changes in an item; what is absent stays. */
export class ItemChangesRequest extends PartialType(NewItemRequest, { skipNullProperties: false }) {}

export class ItemAnswer {
  @ApiProperty({ ...ID, description: 'Identifiant de l’article.' })
  id: string;
  @ApiProperty({ ...ID, description: 'Son lot.' })
  lotId: string;
  @ApiProperty({ type: 'integer', description: 'Numéro de ce lot.', example: 1 })
  lotNumber: number;
  @ApiProperty(POSITION)
  position: number;
  @ApiProperty(CODE)
  code: string;
  @ApiProperty(DESIGNATION)
  designation: string;
  @ApiProperty(UNIT)
  unit: string;
  @ApiProperty({
    ...NULLABLE,
    description: 'Code UN/ECE (recommandations 20 et 21) de cette unité\u00a0; null\u00a0: inconnu.',
    example: 'TNE',
  })
  unitCode: string | null;
  @ApiProperty({ description: 'Nom français de l’unité, à montrer.', example: 'tonne' })
  unitLabel: string;
  @ApiProperty(PACKAGING)
  packaging: string;
  @ApiProperty(UNIT_PRICE)
  unitPrice: string;
  @ApiProperty(VAT_RATE)
  vatRate: string;
  @ApiProperty(CPV)
  cpvCode: string | null;
  @ApiProperty(FAMILY)
  purchaseFamily: string | null;
  @ApiProperty(NATURE)
  m57Nature: string;
  @ApiProperty({
    ...NULLABLE,
    description:
      'Nature M57 proposée d’après la famille d’achats de l’article, à défaut celle du lot\u00a0: à vérifier avec le comptable public.',
    example: '60633',
  })
  m57Suggested: string | null;
  @ApiProperty(REUSE)
  reuseShare: string | null;
  @ApiProperty({ type: 'integer', description: 'Version, celle de l’ETag.', example: 1 })
  version: number;
}

export class ItemList {
  @ApiProperty({ type: [ItemAnswer], description: 'Dans l’ordre du bordereau.' })
  items: ItemAnswer[];
}

export const NEW_TYRES_GROUNDS = ['unsuccessful_consultation', 'emergency_vehicles'] as const;

/** Why a lot may hold tyres that are not retreaded. */
export class NewTyresRequest {
  @ApiProperty({
    enum: NEW_TYRES_GROUNDS,
    enumName: 'NewTyresGround',
    description: 'Première consultation infructueuse, ou véhicules d’urgence (CCP L2172-6).',
    example: 'unsuccessful_consultation',
  })
  @IsIn(NEW_TYRES_GROUNDS)
  ground: (typeof NEW_TYRES_GROUNDS)[number];

  @ApiProperty({
    description: 'Pièce qui le prouve\u00a0: numéro et date de la consultation, véhicules concernés.',
    example: 'Consultation 2026-014, déclarée infructueuse le 12 mai 2026',
  })
  @OneLine()
  @Length(3, 300)
  reference: string;
}
