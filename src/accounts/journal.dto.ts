import { ApiProperty } from '@nestjs/swagger';

const ID = { type: 'string', format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;

/** A line of the journal; people are told by their id, which an erased person keeps. */
export class JournalLineAnswer {
  @ApiProperty({ ...ID, description: 'Identifiant de la ligne.' })
  id: string;
  @ApiProperty({ type: 'integer', description: 'Rang dans la chaîne de son groupement.', example: 42 })
  position: number;
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-11-25T08:30:00.000Z' })
  at: Date;
  @ApiProperty({ enum: ['person', 'reader', 'operator', 'system'], example: 'person' })
  actorKind: string;
  @ApiProperty({ ...ID, nullable: true, description: 'Qui\u00a0: une personne, ou un lien de lecture.' })
  actorId: string | null;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Compte système d’un opérateur, ou nom d’un travail.',
    example: null,
  })
  actorName: string | null;
  @ApiProperty({ ...ID, nullable: true, description: 'Jeton utilisé.', example: null })
  tokenId: string | null;
  @ApiProperty({
    ...ID,
    nullable: true,
    description: 'Acheteur au nom duquel un délégataire agit.',
    example: null,
  })
  onBehalfOf: string | null;
  @ApiProperty({ enum: ['api', 'import', 'cli', 'page', 'job'], example: 'api' })
  channel: string;
  @ApiProperty({ type: 'string', nullable: true, example: '3f0c1d2e-6a7b-4c8d-9e0f-1a2b3c4d5e6f' })
  requestId: string | null;
  @ApiProperty({ ...ID, nullable: true })
  groupId: string | null;
  @ApiProperty({ ...ID, nullable: true })
  buyerId: string | null;
  @ApiProperty({ description: 'Ce qui est changé.', example: 'membership' })
  subject: string;
  @ApiProperty({ description: 'Identifiant de ce qui est changé.', example: ID.example })
  subjectId: string;
  @ApiProperty({ description: 'Ce qui est fait.', example: 'groups.answer' })
  key: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'Seulement ce qui change\u00a0; null à une création.',
    example: { answer: 'invité' },
  })
  before: object | null;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'Seulement ce qui change\u00a0; null à une suppression.',
    example: { answer: 'adhère' },
  })
  after: object | null;
  @ApiProperty({
    description: 'Empreinte SHA-256 qui enchaîne la ligne à la précédente.',
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  })
  hash: string;
}

export class JournalPageAnswer {
  @ApiProperty({ type: [JournalLineAnswer], description: 'Du plus récent au plus ancien.' })
  items: readonly JournalLineAnswer[];
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Curseur de la page suivante\u00a0; null à la dernière.',
    example: 'WyI0MiJd',
  })
  next: string | null;
}
