import { ApiProperty } from '@nestjs/swagger';

/** A purchasing group, in the figures that anyone who may see it sees. */
export class GroupAnswer {
  @ApiProperty({ format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' })
  id: string;
  @ApiProperty({ description: 'Intitulé.', example: 'Services techniques 2027' })
  title: string;
  @ApiProperty({ format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abce' })
  coordinatorId: string;
  @ApiProperty({ description: 'Nom du coordonnateur.', example: 'Laval Agglomération' })
  coordinatorName: string;
  @ApiProperty({ type: 'integer', description: 'Membres\u00a0: ceux qui ont adhéré.', example: 32 })
  members: number;
  @ApiProperty({ type: 'integer', description: 'Ceux qui ont répondu ne pas adhérer.', example: 3 })
  declined: number;
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-11-25T08:30:00.000Z' })
  createdAt: Date;
}
