import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean } from 'class-validator';
import { ItemAnswer } from '../items/items.dto.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';

/** `?dryRun=true`. */
export class CatalogueQuery {
  @ApiPropertyOptional({
    type: 'boolean',
    default: false,
    description: 'true\u00a0: dire ce qui changerait, sans rien enregistrer.',
    example: true,
  })
  @MayBeAbsent()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  dryRun = false;
}

const VERSION = {
  type: 'integer',
  description:
    'Version du bordereau, que reprend son ETag et qui croît à chaque changement d’un lot ou d’un article\u00a0; 0 tant qu’il n’a rien tenu.',
  example: 4,
} as const;

/** The whole catalogue. Lots without items are in the list of lots. */
export class CatalogueAnswer {
  @ApiProperty(VERSION)
  version: number;
  @ApiProperty({ type: [ItemAnswer], description: 'Les articles, lot par lot, dans l’ordre du bordereau.' })
  items: ItemAnswer[];
}

const LINE = { type: 'integer', description: 'Numéro du lot.', example: 1 } as const;

export class CatalogueFactChange {
  @ApiProperty({ description: 'Ce qui change.', example: 'prix unitaire estimé HT' })
  fact: string;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Avant\u00a0; null\u00a0: rien.',
    example: '92',
  })
  before: string | null;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Après\u00a0; null\u00a0: rien.',
    example: '94.5',
  })
  after: string | null;
}

export class CatalogueLotChange {
  @ApiProperty(LINE)
  number: number;
  @ApiProperty({ description: 'Intitulé.', example: 'Sel de déneigement' })
  title: string;
  @ApiProperty({ type: [CatalogueFactChange], description: 'Vide pour un lot créé.' })
  changes: CatalogueFactChange[];
}

export class CatalogueItemChange {
  @ApiProperty({ description: 'Code de l’article.', example: 'VH-001' })
  code: string;
  @ApiProperty({ ...LINE, nullable: true })
  lot: number | null;
  @ApiProperty({ description: 'Désignation.', example: 'Sel de déneigement en vrac, rendu' })
  designation: string;
  @ApiProperty({ type: [CatalogueFactChange], description: 'Vide pour un article créé ou supprimé.' })
  changes: CatalogueFactChange[];
}

/** What a file changes, or would change. */
export class CatalogueOutcome {
  @ApiProperty({ description: 'true\u00a0: rien n’a été enregistré.', example: true })
  dryRun: boolean;
  @ApiProperty(VERSION)
  version: number;
  @ApiProperty({ type: 'integer', description: 'Articles du fichier.', example: 72 })
  read: number;
  @ApiProperty({ type: [CatalogueLotChange] })
  lotsCreated: CatalogueLotChange[];
  @ApiProperty({ type: [CatalogueLotChange] })
  lotsChanged: CatalogueLotChange[];
  @ApiProperty({ type: [CatalogueItemChange] })
  itemsCreated: CatalogueItemChange[];
  @ApiProperty({ type: [CatalogueItemChange] })
  itemsChanged: CatalogueItemChange[];
  @ApiProperty({ type: [CatalogueItemChange], description: 'Absents du fichier.' })
  itemsRemoved: CatalogueItemChange[];
}
