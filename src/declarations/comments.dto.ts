import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, IsUUID, Length } from 'class-validator';
import { SeveralLines } from '../platform/http/one-line.decorator.js';
import { MayBeNull } from '../platform/http/optional.decorators.js';
import { VISIBILITIES, type Visibility } from './comments.service.js';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;

export class CommentRequest {
  @ApiProperty({
    description: 'Commentaire. 1 à 2\u202f000\u00a0caractères.',
    example: 'À confirmer avec les services techniques.',
  })
  @SeveralLines()
  @IsString()
  @Length(1, 2_000)
  text: string;

  @ApiProperty({
    enum: VISIBILITIES,
    description: 'Visible par la commune, ou interne à ceux qui mènent le recensement.',
    example: 'commune',
  })
  @IsIn(VISIBILITIES, { message: 'Choisir «\u00a0commune\u00a0» ou «\u00a0internal\u00a0».' })
  visibility: Visibility;

  @ApiProperty({
    ...ID,
    type: 'string',
    nullable: true,
    description: 'Article\u00a0; null\u00a0: la déclaration entière.',
  })
  @MayBeNull()
  @IsUUID()
  itemId: string | null;
}

export class CommentAnswer {
  @ApiProperty({ ...ID, description: 'Commentaire.' })
  id: string;
  @ApiProperty({
    ...ID,
    type: 'string',
    nullable: true,
    description: 'Article\u00a0; null\u00a0: la déclaration entière.',
  })
  itemId: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Code de l’article.', example: 'VH-002' })
  code: string | null;
  @ApiProperty({ enum: VISIBILITIES, description: 'Qui le lit.', example: 'commune' })
  visibility: Visibility;
  @ApiProperty({ type: 'string', nullable: true, description: 'Qui l’a écrit.', example: 'Jeanne Blanc' })
  authorName: string | null;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    description: 'Quand.',
    example: '2026-12-10T09:12:00.000Z',
  })
  writtenAt: Date;
  @ApiProperty({ description: 'Texte.', example: 'À confirmer avec les services techniques.' })
  text: string;
}

export class CommentList {
  @ApiProperty({ type: [CommentAnswer], description: 'Le plus ancien d’abord.' })
  comments: readonly CommentAnswer[];
}
