import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { IsEuros } from '../platform/http/amount.decorators.js';

const EUROS = { type: 'string', nullable: true, pattern: '^\\d{1,10}(\\.\\d{1,2})?$' } as const;

/** The whole of what is told: what is absent is not told any more. */
export class FreeOfChargeRequest {
  @ApiPropertyOptional({
    type: 'boolean',
    nullable: true,
    description:
      'Si les statuts du coordonnateur prévoient expressément qu’il achète pour ses communes (CGCT L5211-4-4)\u00a0; null\u00a0: non renseigné.',
    example: true,
  })
  @IsOptional()
  @IsBoolean()
  statutesProvide: boolean | null = null;

  @ApiPropertyOptional({
    ...EUROS,
    description:
      'Ce que le coordonnateur demande à l’ensemble des membres pour le temps de ses agents, en euros HT\u00a0; null\u00a0: non renseigné.',
    example: '0.00',
  })
  @IsOptional()
  @IsEuros()
  agentTimeShared: string | null = null;

  @ApiPropertyOptional({
    ...EUROS,
    description:
      'Ce qu’il leur demande pour ce qu’il paie à d’autres (publicité, conseil), en euros HT\u00a0; null\u00a0: non renseigné.',
    example: '0.00',
  })
  @IsOptional()
  @IsEuros()
  disbursementsShared: string | null = null;
}

export class FreeOfChargeAnswer extends FreeOfChargeRequest {
  @ApiProperty({
    type: 'integer',
    description: 'Version, celle de l’ETag\u00a0; 0 tant que rien n’est renseigné.',
    example: 1,
  })
  version: number;
}
