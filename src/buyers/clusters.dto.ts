import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsString, IsUUID, Length } from 'class-validator';
import { BuyerLineAnswer } from './buyers.dto.js';
import { DeliverySiteAnswer } from './delivery-sites.dto.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';
import { OneLine } from '../platform/http/one-line.decorator.js';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abce' } as const;
const BUYER_ID = '0199f3a4-5b6c-7d8e-9f01-23456789abcd';
const NAME = {
  description: 'Nom du pôle.',
  example: 'Pôle de Loiron',
  minLength: 1,
  maxLength: 120,
} as const;
const LEAD = {
  format: 'uuid',
  example: BUYER_ID,
  description: 'Commune de tête\u00a0: elle est membre du pôle.',
} as const;
const MEMBERS = {
  type: 'string',
  format: 'uuid',
  isArray: true,
  example: [BUYER_ID] as string[],
  maxItems: 200,
  description: 'Acheteurs membres\u00a0; un acheteur peut l’être de plusieurs pôles.',
} as const;

export class ClusterRequest {
  @ApiProperty(NAME)
  @OneLine()
  @IsString()
  @Length(1, 120)
  name: string;

  @ApiProperty(LEAD)
  @IsUUID()
  leadBuyerId: string;

  @ApiProperty(MEMBERS)
  @IsArray()
  @ArrayMaxSize(200)
  @IsUUID(undefined, { each: true })
  memberIds: string[];
}

export class ClusterPatch {
  @ApiPropertyOptional(NAME)
  @MayBeAbsent()
  @OneLine()
  @IsString()
  @Length(1, 120)
  name?: string;

  @ApiPropertyOptional(LEAD)
  @MayBeAbsent()
  @IsUUID()
  leadBuyerId?: string;
}

export class ClusterMembersRequest {
  @ApiProperty({
    ...MEMBERS,
    description: 'Tous les membres, commune de tête comprise\u00a0: la liste remplace la précédente.',
  })
  @IsArray()
  @ArrayMaxSize(200)
  @IsUUID(undefined, { each: true })
  buyerIds: string[];
}

class ClusterIdentity {
  @ApiProperty(ID)
  id: string;
  @ApiProperty(NAME)
  name: string;
  @ApiProperty(LEAD)
  leadBuyerId: string;
  @ApiProperty({ description: 'Nom de la commune de tête.', example: 'Loiron-Ruillé' })
  leadName: string;
}

/** A cluster in a list. */
export class ClusterLineAnswer extends ClusterIdentity {
  @ApiProperty({ type: 'integer', description: 'Nombre de membres, commune de tête comprise.', example: 14 })
  members: number;
}

export class ClusterPage {
  @ApiProperty({ type: [ClusterLineAnswer] })
  items: readonly ClusterLineAnswer[];
  @ApiProperty({
    type: 'string',
    nullable: true,
    example: null,
    description: 'Curseur de la page suivante\u00a0; null sur la dernière.',
  })
  next: string | null;
}

/** A cluster, whole. */
export class ClusterAnswer extends ClusterIdentity {
  @ApiProperty({ type: [BuyerLineAnswer], description: 'Membres, par nom.' })
  members: readonly BuyerLineAnswer[];
  @ApiProperty({ type: [DeliverySiteAnswer], description: 'Lieux de livraison communs.' })
  deliverySites: readonly DeliverySiteAnswer[];
  @ApiProperty({ type: 'integer', description: 'Version, celle de l’ETag.', example: 1 })
  version: number;
}
