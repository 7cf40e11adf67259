import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { cursorOf, pageOf } from '../platform/http/pages.js';
import { Refused } from '../platform/refusals/refused.js';
import { CpvPage, CpvQuery } from './cpv.dto.js';
import { CpvQueries } from './cpv.queries.js';
import { readCpvSearch } from './cpv.rules.js';

@ApiTags('lots')
@Controller('cpv')
export class CpvController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly cpv: CpvQueries,
  ) {}

  @Get()
  @Requires('nomenclature.read')
  @ApiOperation({
    summary: 'Chercher dans la nomenclature CPV',
    description: 'Les libellés qui contiennent les mots eux-mêmes viennent d’abord.',
    operationId: 'searchCpv',
  })
  @ApiOkResponse({ type: CpvPage })
  async search(@CurrentCall() call: Call, @Query() query: CpvQuery): Promise<CpvPage> {
    const { personId } = call.caller;
    call.caller.require('nomenclature.read', personId === null ? {} : { personId });
    const cursor = cursorOf(query);
    const [rank, code] = cursor ?? [];
    if (cursor && (typeof rank !== 'number' || !Number.isInteger(rank) || typeof code !== 'string'))
      throw new Refused('MALFORMED_CURSOR');
    const after = typeof rank === 'number' && typeof code === 'string' ? { rank, code } : null;
    const search = readCpvSearch(query.q ?? '');
    const rows = await this.cpv.search(this.dataSource.manager, search, after, query.limit + 1);
    const page = pageOf(call, query, rows, (row) => [row.rank, row.code]);
    return { ...page, items: page.items.map(({ code, label }) => ({ code, label })) };
  }
}
