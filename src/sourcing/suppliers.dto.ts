import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBase64,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import type { PlainDate } from '../calendar/plain-date.js';
import { PageQuery } from '../platform/http/pages.js';
import { IsPlainDate } from '../platform/http/plain-date.decorator.js';
import { IsCpvCode } from '../platform/http/cpv-code.decorator.js';
import { STATUS_NAMES, type SupplierStatus } from './suppliers.rules.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';
import { OneLine } from '../platform/http/one-line.decorator.js';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;
const STATUS = {
  enum: STATUS_NAMES,
  enumName: 'SupplierStatus',
  description:
    'PME, entreprise adaptée, ESAT, insertion par l’activité économique, travail en prison, économie sociale et solidaire.',
  example: 'siae',
} as const;
const codes = (description: string, example: string[]) =>
  ({ type: 'string', isArray: true, description, example }) as const;
const ACTIVITIES = codes(
  'Codes CPV, ou leurs premiers chiffres (2 au moins)\u00a0; les zéros finaux sont ôtés.',
  ['34927', '44113'],
);

export class ProvenStatusField {
  @ApiProperty(STATUS)
  @IsIn(STATUS_NAMES)
  status: SupplierStatus;

  @ApiProperty({
    description: 'Ce qui le prouve. Aucun nom de personne.',
    example: 'conventions IAE de la Dreets, liste de janvier 2027',
    minLength: 3,
    maxLength: 200,
  })
  @OneLine()
  @IsString()
  @Length(3, 200)
  source: string;

  @ApiProperty({ type: 'string', format: 'date', description: 'Date de la preuve.', example: '2027-01-15' })
  @IsPlainDate()
  provenOn: PlainDate;

  @ApiProperty({
    type: 'string',
    format: 'date',
    nullable: true,
    description: 'Dernier jour où elle vaut, inclus\u00a0; null si elle n’a pas de fin.',
    example: '2027-12-31',
  })
  @IsOptional()
  @IsPlainDate()
  expiresOn: PlainDate | null = null;
}

/** A supplier as people type it: sent whole. */
export class SupplierRequest {
  @ApiProperty({ description: 'SIRET, 14 chiffres.', example: '73282932000074', maxLength: 30 })
  @IsString()
  @MaxLength(30)
  siret: string;

  @ApiProperty({ description: 'Raison sociale.', example: 'Sel de l’Ouest', maxLength: 200 })
  @OneLine()
  @IsString()
  @Length(1, 200)
  name: string;

  @ApiProperty(ACTIVITIES)
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  activities: string[];

  @ApiPropertyOptional({
    type: 'boolean',
    description: 'Dessert toute la France.',
    default: false,
    example: false,
  })
  @MayBeAbsent()
  @IsBoolean()
  nationwide = false;

  @ApiPropertyOptional(codes('Codes des départements desservis en entier.', ['53']))
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(110)
  @IsString({ each: true })
  departments: string[] = [];

  @ApiPropertyOptional(
    codes('SIREN des EPCI desservis\u00a0: remplacés par leurs communes d’aujourd’hui.', ['200083392']),
  )
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  epci: string[] = [];

  @ApiPropertyOptional(codes('Codes INSEE des communes desservies.', ['35360']))
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(5000)
  @IsString({ each: true })
  communes: string[] = [];

  @ApiPropertyOptional({ type: [ProvenStatusField], description: 'Statuts, chacun avec sa preuve.' })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => ProvenStatusField)
  statuses: ProvenStatusField[] = [];
}

export class SupplierSummary {
  @ApiProperty({ ...ID, description: 'Identifiant.' })
  id: string;
  @ApiProperty({ description: 'SIRET, 14 chiffres.', example: '73282932000074' })
  siret: string;
  @ApiProperty({ description: 'Raison sociale.', example: 'Sel de l’Ouest' })
  name: string;
  @ApiProperty(ACTIVITIES)
  activities: string[];
  @ApiProperty({ description: 'Dessert toute la France.', example: false })
  nationwide: boolean;
  @ApiProperty(codes('Départements desservis en entier.', ['53']))
  departments: string[];
  @ApiProperty({ type: 'integer', description: 'Nombre de communes desservies hors d’eux.', example: 1 })
  communeCount: number;
  @ApiProperty({ type: [ProvenStatusField], description: 'Statuts et preuves, même expirées.' })
  statuses: ProvenStatusField[];
  @ApiProperty({ type: 'integer', description: 'Version, celle de l’ETag.', example: 1 })
  version: number;
}

export class SupplierAnswer extends SupplierSummary {
  @ApiProperty(codes('Communes desservies hors des départements ci-dessus (INSEE).', ['35360']))
  communes: string[];
}

export class SupplierPage {
  @ApiProperty({ type: [SupplierSummary] })
  items: SupplierSummary[];
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Curseur de la page suivante\u00a0; null sur la dernière.',
    example: null,
  })
  next: string | null;
}

export class SupplierQuery extends PageQuery {
  @ApiPropertyOptional({
    description: 'Mots du nom, accents pardonnés, ou premiers chiffres du SIRET.',
    example: 'sel ouest',
    maxLength: 100,
  })
  @MayBeAbsent()
  @IsString()
  @Length(2, 100)
  q?: string;

  @ApiPropertyOptional({
    description:
      'Code CPV ou ses premiers chiffres\u00a0: ceux dont l’activité le contient ou en fait partie.',
    example: '34927100',
  })
  @MayBeAbsent()
  @IsCpvCode({ head: true })
  cpv?: string;

  @ApiPropertyOptional({ description: 'Code INSEE d’une commune desservie.', example: '53130' })
  @MayBeAbsent()
  @Matches(/^(\d{2}|2[AB])\d{3}$/, { message: 'Un code INSEE de commune compte 5\u00a0caractères.' })
  commune?: string;

  @ApiPropertyOptional({ ...STATUS, description: 'Statut dont la preuve vaut aujourd’hui.' })
  @MayBeAbsent()
  @IsIn(STATUS_NAMES)
  status?: SupplierStatus;
}

const EXAMPLE = [
  'siret;nom;activites_cpv;communes;departements;epci;france_entiere;statut;source_preuve;date_preuve;fin_preuve',
  '73282932000074;Pépinières du Maine;0345,7731;53130;;;;pme;répertoire Sirene;2026-01-15;',
  '',
].join('\r\n');

export class SupplierFile {
  @ApiProperty({ description: 'Nom du fichier.', example: 'fournisseurs.csv', maxLength: 200 })
  @OneLine()
  @IsString()
  @Length(1, 200)
  fileName: string;

  @ApiProperty({
    format: 'byte',
    description:
      'Le fichier CSV, en base64. Colonnes\u00a0: siret, nom, activites_cpv, communes, departements, epci, france_entiere, ' +
      'statut (pme, ea, esat, siae, prison, ess), source_preuve, date_preuve, fin_preuve. Plusieurs statuts\u00a0: une ligne pour chacun.',
    example: Buffer.from(EXAMPLE).toString('base64'),
  })
  @IsBase64()
  content: string;

  @ApiPropertyOptional({
    type: 'boolean',
    description: 'Vérifier seulement\u00a0: rien n’est enregistré.',
    default: false,
    example: true,
  })
  @MayBeAbsent()
  @IsBoolean()
  dryRun = false;
}

export class SupplierImport {
  @ApiProperty({ description: 'Vrai si rien n’a été enregistré.', example: true })
  dryRun: boolean;
  @ApiProperty({ type: 'integer', description: 'Fournisseurs ajoutés, ou qui le seraient.', example: 12 })
  created: number;
  @ApiProperty({
    type: 'integer',
    description: 'Fiches remplacées, ou qui le seraient.',
    example: 3,
  })
  updated: number;
  @ApiProperty({ type: 'integer', description: 'Fiches identiques.', example: 0 })
  unchanged: number;
}
