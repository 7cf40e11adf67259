import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsUUID } from 'class-validator';
import { DeliverySiteAnswer } from '../buyers/delivery-sites.dto.js';

const ID = { type: 'string', format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;

export class LotDeliverySitesRequest {
  @ApiProperty({
    type: 'string',
    format: 'uuid',
    isArray: true,
    maxItems: 2000,
    example: ['0199f3a4-5b6c-7d8e-9f01-23456789abcf'] as string[],
    description:
      'Tous les lieux du lot\u00a0: la liste remplace la précédente. Lieux de membres qui ont rejoint le lot, ou communs à un pôle dont un membre est invité dans le groupement.',
  })
  @IsArray()
  @ArrayMaxSize(2000)
  @ArrayUnique((id: unknown) => (typeof id === 'string' ? id.toLowerCase() : id))
  @IsUUID(undefined, { each: true })
  deliverySiteIds: string[];
}

export class LotDeliverySiteAnswer extends DeliverySiteAnswer {
  @ApiProperty({ ...ID, nullable: true, description: 'Acheteur livré\u00a0; null pour le lieu d’un pôle.' })
  buyerId: string | null;
  @ApiProperty({
    ...ID,
    nullable: true,
    example: null,
    description: 'Pôle livré\u00a0; null pour le lieu d’un acheteur.',
  })
  clusterId: string | null;
  @ApiProperty({ description: 'Nom de l’un ou de l’autre.', example: 'Argentré' })
  ownerName: string;
  @ApiProperty({
    description:
      'Si un membre du lot s’y fait livrer. Faux\u00a0: son acheteur n’a pas rejoint le lot, ou l’a quitté.',
    example: true,
  })
  participates: boolean;
}

export class LotDeliverySitesAnswer {
  @ApiProperty({ ...ID, description: 'Lot.' })
  lotId: string;
  @ApiProperty({ type: [LotDeliverySiteAnswer], description: 'Par acheteur ou pôle, puis par nom.' })
  deliverySites: readonly LotDeliverySiteAnswer[];
  @ApiProperty({ type: 'integer', description: 'Version du lot, celle de l’ETag.', example: 2 })
  version: number;
}
