import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';
import {
  EXPORT_DIALECTS,
  EXPORT_FORMATS,
  type ExportDialect,
  type ExportFormat,
} from './needs-export.queries.js';

const PATH = '/api/v1/consultations/0199f3a4-5b6c-7d8e-9f01-23456789abcd/needs-exports/0199f3a4-5b6c';
const FORMAT = {
  enum: EXPORT_FORMATS,
  enumName: 'NeedsExportFormat',
  description:
    'Classeur (synthèse, par article, par membre, par pôle, détail), ou CSV d’une ligne par membre et par article.',
  example: 'csv',
} as const;
const DIALECT = {
  enum: EXPORT_DIALECTS,
  enumName: 'CsvDialectName',
  description:
    'Écriture du CSV\u00a0: pour les tableurs français (point-virgule, virgule décimale, BOM), ou RFC\u00a04180.',
  example: 'french',
} as const;

export class NeedsExportRequest {
  @ApiProperty(FORMAT)
  @IsIn(EXPORT_FORMATS)
  format: ExportFormat;

  @ApiPropertyOptional({ ...DIALECT, default: 'french' })
  @MayBeAbsent()
  @IsIn(EXPORT_DIALECTS)
  dialect: ExportDialect = 'french';
}

export const EXPORT_STATES = ['waiting', 'made', 'failed'] as const;

export class NeedsExportAnswer {
  @ApiProperty({
    format: 'uuid',
    description: 'Export.',
    example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd',
  })
  id: string;
  @ApiProperty({
    enum: EXPORT_STATES,
    enumName: 'NeedsExportState',
    description: 'En préparation, prêt ou en échec.',
    example: 'made',
  })
  state: (typeof EXPORT_STATES)[number];
  @ApiProperty(FORMAT)
  format: ExportFormat;
  @ApiProperty(DIALECT)
  dialect: ExportDialect;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    description: 'Demandé.',
    example: '2027-01-15T08:00:00.000Z',
  })
  requestedAt: Date;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'Prêt depuis.',
    example: '2027-01-15T08:00:02.000Z',
  })
  madeAt: Date | null;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Nombre de besoins validés, un par membre et par article.',
    example: '1286',
  })
  lines: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Taille en octets.', example: '214016' })
  bytes: string | null;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Empreinte SHA-256 du fichier.',
    example: '3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea',
  })
  sha256: string | null;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Pourquoi il n’a pas pu être produit.',
    example: null,
  })
  failure: string | null;
  @ApiProperty({ description: 'Adresse de cet état.', example: PATH })
  address: string;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Adresse du fichier, une fois prêt. Un export plus récent de même format le remplace.',
    example: `${PATH}/file`,
  })
  fileAddress: string | null;
}
