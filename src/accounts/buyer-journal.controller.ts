import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { PageQuery } from '../platform/http/pages.js';
import { JournalPageAnswer } from './journal.dto.js';
import { JournalReadingService } from './journal-reading.service.js';

/** What was done that concerns a buyer: its own to read and to take away. */
@ApiTags('journal')
@Controller('buyers/:buyerId')
export class BuyerJournalController {
  constructor(private readonly reading: JournalReadingService) {}

  @Get('journal')
  @Requires('buyer.journal.read')
  @ApiOperation({ summary: 'Le journal de ce qui concerne un acheteur', operationId: 'listBuyerJournal' })
  @ApiOkResponse({ type: JournalPageAnswer })
  list(
    @CurrentCall() call: Call,
    @Param('buyerId') buyerId: string,
    @Query() query: PageQuery,
  ): Promise<JournalPageAnswer> {
    call.caller.require('buyer.journal.read', { buyerIds: [buyerId] });
    return this.reading.ofBuyer(call, buyerId, query);
  }

  @Get('journal.csv')
  @Requires('buyer.journal.read')
  @ApiOperation({
    summary: 'Le même journal, entier, pour un tableur',
    description: 'Du plus ancien au plus récent. Point-virgule, UTF-8 avec BOM.',
    operationId: 'exportBuyerJournal',
  })
  @ApiProduces('text/csv')
  @ApiOkResponse({
    schema: { type: 'string', example: 'instant (heure de Paris);acteur;pour le compte de;acheteur;…' },
  })
  export(@CurrentCall() { caller }: Call, @Param('buyerId') buyerId: string): Promise<StreamableFile> {
    caller.require('buyer.journal.read', { buyerIds: [buyerId] });
    return this.reading.fileOfBuyer(buyerId);
  }
}
