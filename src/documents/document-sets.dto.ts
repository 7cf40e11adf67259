import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';
import type { Finish } from '../platform/texts/text-document.js';
import { type DocumentPart, PARTS } from './document-kind.js';

export const FINISHES = ['draft', 'final'] as const satisfies readonly Finish[];
export const SET_STATES = ['waiting', 'made', 'failed'] as const;
export type SetState = (typeof SET_STATES)[number];

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;
const PATH =
  '/api/v1/consultations/0199f3a4-5b6c-7d8e-9f01-23456789abcd/document-sets/0199f3a4-5b6c-7d8e-9f01-23456789abce';
const PART = {
  enum: PARTS,
  enumName: 'DocumentPart',
  description:
    'Ensemble\u00a0: groupement, besoins, avis de publicité, DCE, documents internes, ou textes modifiables (DOCX).',
  example: 'dce',
} as const;
const FINISH = {
  enum: FINISHES,
  enumName: 'DocumentFinish',
  description:
    'Projet (filigrané «\u00a0PROJET\u00a0», des passages peuvent rester à compléter), ou version définitive.',
  example: 'draft',
} as const;
const STATE = {
  enum: SET_STATES,
  enumName: 'DocumentState',
  description: 'En préparation, prêt ou en échec.',
  example: 'made',
} as const;
const SHA256 = {
  type: 'string',
  nullable: true,
  description: 'Empreinte SHA-256 du fichier\u00a0; nulle tant qu’il n’est pas prêt.',
  example: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
} as const;
const MADE_AT = {
  type: 'string',
  format: 'date-time',
  nullable: true,
  description: 'Quand il a été prêt.',
  example: '2026-12-15T09:30:00.000Z',
} as const;
const FAILURE = {
  type: 'string',
  nullable: true,
  description: 'Pourquoi il n’a pas pu être produit\u00a0; relancer une fois la cause corrigée.',
  example: 'Le modèle du document a changé depuis la demande\u00a0: le redemander.',
} as const;

export class DocumentSetRequest {
  @ApiProperty(PART)
  @IsIn(PARTS)
  part: DocumentPart;

  @ApiPropertyOptional({ ...FINISH, default: 'draft' })
  @MayBeAbsent()
  @IsIn(FINISHES)
  finish: Finish = 'draft';
}

export class DocumentAnswer {
  @ApiProperty({ ...ID, description: 'Document.' })
  id: string;
  @ApiProperty({ description: 'Sorte de document.', example: 'price-schedule' })
  kind: string;
  @ApiProperty({ description: 'Nom dans l’archive.', example: 'dce/lot-01-bpu-dqe.xlsx' })
  fileName: string;
  @ApiProperty({ description: 'Version de son modèle.', example: '2+3e5af4af0a3a' })
  templateVersion: string;
  @ApiProperty(STATE)
  state: SetState;
  @ApiProperty(SHA256)
  sha256: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Taille, en octets.', example: '48213' })
  bytes: string | null;
  @ApiProperty(MADE_AT)
  madeAt: Date | null;
  @ApiProperty(FAILURE)
  failure: string | null;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Où le télécharger\u00a0; nul tant qu’il n’est pas prêt.',
    example: `${PATH}/documents/0199f3a4-5b6c-7d8e-9f01-23456789abcf`,
  })
  fileAddress: string | null;
}

export class DocumentSetSummary {
  @ApiProperty({ ...ID, description: 'Ensemble demandé.' })
  id: string;
  @ApiProperty(PART)
  part: DocumentPart;
  @ApiProperty(FINISH)
  finish: Finish;
  @ApiProperty({
    type: 'integer',
    description:
      'Version du dossier dont les documents sont tirés\u00a0; deux demandes sans changement entre elles donnent la même.',
    example: 3,
  })
  dossier: number;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    description: 'Quand il a été demandé.',
    example: '2026-12-15T09:29:40.000Z',
  })
  requestedAt: Date;
  @ApiProperty({ ...STATE, description: 'Celui de l’archive.' })
  state: SetState;
  @ApiProperty(SHA256)
  sha256: string | null;
  @ApiProperty(MADE_AT)
  madeAt: Date | null;
  @ApiProperty({ description: 'Adresse de cet ensemble.', example: PATH })
  address: string;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Où télécharger l’archive ZIP\u00a0; nul tant qu’elle n’est pas prête.',
    example: `${PATH}/archive`,
  })
  archiveAddress: string | null;
}

export class DocumentSetAnswer extends DocumentSetSummary {
  @ApiProperty({ type: 'integer', description: 'Documents prêts.', example: 12 })
  done: number;
  @ApiProperty({ type: 'integer', description: 'Documents demandés.', example: 42 })
  total: number;
  @ApiProperty(FAILURE)
  archiveFailure: string | null;
  @ApiProperty({ type: [DocumentAnswer] })
  documents: DocumentAnswer[];
}

export class DocumentSetsAnswer {
  @ApiProperty({ type: [DocumentSetSummary], description: 'Le plus récent d’abord.' })
  items: DocumentSetSummary[];
}

export class GapsQuery {
  @ApiProperty(PART)
  @IsIn(PARTS)
  part: DocumentPart;
}

export class GapAnswer {
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Titre de l’article où il se trouve.',
    example: 'Article 15 – Litiges',
  })
  section: string | null;
  @ApiProperty({ description: 'Ce qui manque.', example: 'siège du tribunal' })
  what: string;
}

export class DocumentGapsAnswer {
  @ApiProperty({ description: 'Document.', example: 'dce/reglement-de-la-consultation.pdf' })
  fileName: string;
  @ApiProperty({ type: [GapAnswer] })
  gaps: GapAnswer[];
}

export class GapsAnswer {
  @ApiProperty({ type: 'integer', description: 'Passages à compléter, en tout.', example: 7 })
  total: number;
  @ApiProperty({ type: [DocumentGapsAnswer], description: 'Les documents où il en reste.' })
  documents: DocumentGapsAnswer[];
}
