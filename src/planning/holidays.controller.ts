import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { holidaysOf } from '../calendar/holidays.js';
import { Public } from '../platform/access/requires.js';
import { HolidayList, HolidayQuery } from './holidays.dto.js';

@ApiTags('rétroplanning')
@Controller('holidays')
export class HolidaysController {
  @Get()
  @Public('public holidays are law, and tell nothing of anybody')
  @ApiOperation({
    summary: 'Les jours fériés d’une année',
    description: 'Ceux qui comptent dans les délais, selon le lieu (code du travail, L3133-1 et L3134-13).',
    operationId: 'listHolidays',
  })
  @ApiOkResponse({ type: HolidayList })
  list(@Query() { year, territory }: HolidayQuery): HolidayList {
    return { year, territory, items: [...holidaysOf(year, territory)] };
  }
}
