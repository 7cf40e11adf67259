import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsString, IsUUID, Length } from 'class-validator';
import type { PlainDate } from '../calendar/plain-date.js';
import { IsPlainDate } from '../platform/http/plain-date.decorator.js';
import { OneLine } from '../platform/http/one-line.decorator.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;
const LOT_IDS = {
  type: 'string',
  format: 'uuid',
  isArray: true,
  example: ['0199f3a4-5b6c-7d8e-9f01-23456789abcd'],
} as const;
const SIGNED_ON = { type: 'string', format: 'date', example: '2026-11-20' } as const;

export class ParticipationQuery {
  @ApiPropertyOptional({ ...ID, description: 'Seulement les membres de ce pôle de proximité.' })
  @MayBeAbsent()
  @IsUUID()
  clusterId?: string;
}

/** A bulletin d'adhésion. */
export class ParticipationRequest {
  @ApiProperty({
    ...LOT_IDS,
    maxItems: 999,
    description: 'Les lots rejoints\u00a0; les autres sont quittés. Vide\u00a0: aucun.',
  })
  @IsArray()
  @ArrayMaxSize(999)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  lotIds: string[];

  @ApiProperty({ ...SIGNED_ON, description: 'Jour de la signature du bulletin.' })
  @IsPlainDate()
  formSignedOn: PlainDate;

  @ApiProperty({ description: 'Nom du signataire.', example: 'Claire Martin', minLength: 1, maxLength: 120 })
  @OneLine()
  @IsString()
  @Length(1, 120)
  signatoryName: string;

  @ApiProperty({ description: 'Qualité du signataire.', example: 'maire', minLength: 1, maxLength: 120 })
  @OneLine()
  @IsString()
  @Length(1, 120)
  signatoryCapacity: string;
}

export class ParticipationLot {
  @ApiProperty({ ...ID, description: 'Identifiant du lot.' })
  id: string;
  @ApiProperty({ type: 'integer', description: 'Numéro.', example: 1 })
  number: number;
  @ApiProperty({ description: 'Intitulé.', example: 'Sel de déneigement' })
  title: string;
}

export class MemberParticipationAnswer {
  @ApiProperty({ ...ID, description: 'Membre.' })
  buyerId: string;
  @ApiProperty({ description: 'Son nom.', example: 'Argentré' })
  buyerName: string;
  @ApiProperty({ ...LOT_IDS, description: 'Les lots qu’il a rejoints, par numéro.' })
  lotIds: string[];
  @ApiProperty({ ...SIGNED_ON, nullable: true, description: 'Signature du bulletin, quand elle est connue.' })
  formSignedOn: PlainDate | null;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Nom du signataire.',
    example: 'Claire Martin',
  })
  signatoryName: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Sa qualité.', example: 'maire' })
  signatoryCapacity: string | null;
  @ApiProperty({
    type: 'integer',
    description:
      'Version du bulletin, que reprend son ETag et qui croît à chaque changement\u00a0; 0 tant que personne n’en a enregistré.',
    example: 1,
  })
  version: number;
}

export class ParticipationTable {
  @ApiProperty({ type: [ParticipationLot], description: 'Les lots, par numéro.' })
  lots: ParticipationLot[];
  @ApiProperty({
    type: [MemberParticipationAnswer],
    description:
      'Les membres, par nom\u00a0; soi seulement, si le groupement a fermé la lecture entre membres.',
  })
  members: MemberParticipationAnswer[];
}
