import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { pageOf } from '../platform/http/pages.js';
import { placeIn, requireSearch } from './buyers.controller.js';
import { ReferencePage, ReferenceQuery } from './buyers.dto.js';
import { BuyersQueries } from './buyers.queries.js';
import { REFERENCE } from './national-entry.rules.js';
import { nationalEntries } from './national-reference.js';
import { searchEntries } from './national-search.rules.js';
import { readSearch } from './search-key.rules.js';

/** Communes and EPCI of the country, registered here or not. */
@ApiTags('acheteurs')
@Controller('reference/buyers')
export class ReferenceController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queries: BuyersQueries,
  ) {}

  @Get()
  @Requires('buyer.search')
  @ApiOperation({
    summary: 'Chercher une commune ou un EPCI au référentiel national',
    description:
      'Toutes les communes et tous les EPCI à fiscalité propre, par @etalab/decoupage-administratif (INSEE, DGCL).',
    operationId: 'searchReferenceBuyers',
  })
  @ApiOkResponse({ type: ReferencePage })
  async search(@CurrentCall() call: Call, @Query() query: ReferenceQuery): Promise<ReferencePage> {
    requireSearch(call);
    const search = readSearch(query.q);
    const after = placeIn(query, (id) => /^\d{9}$/.test(String(id)));
    const found = search === null ? [] : searchEntries(nationalEntries(), search, after, query.limit + 1);
    const page = pageOf(call, query, found, ({ place }) => place);
    const sirens = page.items.map(({ entry }) => entry.siren);
    const registered = await this.queries.registered(this.dataSource.manager, sirens);
    return {
      edition: REFERENCE.edition,
      populationSource: REFERENCE.populations,
      items: page.items.map(
        ({ entry: { siren, inseeCode, name, kind, epci, formerCodes, populations } }) => ({
          ...{ siren, inseeCode, name, kind, epci, populations },
          formerCodes: formerCodes.map((former) => ({ inseeCode: former.code, name: former.name })),
          buyerId: registered.get(siren) ?? null,
        }),
      ),
      next: page.next,
    };
  }
}
