import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const STATES = ['ok', 'unavailable'] as const;
type HealthState = (typeof STATES)[number];

export class Health {
  @ApiProperty({ enum: STATES, description: 'État d’ensemble.' })
  status: HealthState;

  @ApiPropertyOptional({ enum: STATES, description: 'PostgreSQL.' })
  database?: HealthState;

  @ApiPropertyOptional({ enum: STATES, description: 'File de travaux, dans Redis ou PostgreSQL.' })
  queue?: HealthState;
}
