import { ApiProperty } from '@nestjs/swagger';

/** A public buyer. */
export class BuyerAnswer {
  @ApiProperty({ format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' })
  id: string;
  @ApiProperty({ description: 'SIRET, 14 chiffres.', example: '21530007000012' })
  siret: string;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Code INSEE d’une commune\u00a0; null pour un EPCI, un CCAS, un syndicat.',
    example: '53007',
  })
  inseeCode: string | null;
  @ApiProperty({ description: 'Nom.', example: 'Argentré' })
  name: string;
}
