import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { FIRST_YEAR, HOLIDAY_TERRITORIES, type HolidayTerritory, LAST_YEAR } from '../calendar/holidays.js';
import type { PlainDate } from '../calendar/plain-date.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';
import { WholeNumber } from '../platform/http/pages.js';

const YEAR = { type: 'integer', minimum: FIRST_YEAR, maximum: LAST_YEAR, example: 2027 } as const;
export const TERRITORY = {
  enum: HOLIDAY_TERRITORIES,
  enumName: 'HolidayTerritory',
  description: 'Lieu dont les jours fériés comptent.',
  example: 'metropole',
} as const;

export class HolidayQuery {
  @ApiProperty({ ...YEAR, description: `Année, de ${FIRST_YEAR} à ${LAST_YEAR}.` })
  @WholeNumber()
  @IsInt()
  @Min(FIRST_YEAR)
  @Max(LAST_YEAR)
  year: number;

  @ApiPropertyOptional({ ...TERRITORY, default: 'metropole' })
  @MayBeAbsent()
  @IsIn(HOLIDAY_TERRITORIES)
  territory: HolidayTerritory = 'metropole';
}

export class HolidayAnswer {
  @ApiProperty({ type: 'string', format: 'date', example: '2027-07-14' })
  on: PlainDate;
  @ApiProperty({ description: 'Nom.', example: 'Fête nationale' })
  name: string;
}

export class HolidayList {
  @ApiProperty(YEAR)
  year: number;
  @ApiProperty(TERRITORY)
  territory: HolidayTerritory;
  @ApiProperty({ type: [HolidayAnswer], description: 'Dans l’ordre.' })
  items: HolidayAnswer[];
}
