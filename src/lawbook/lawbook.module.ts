import { Module } from '@nestjs/common';
import { LawbookController } from './lawbook.controller.js';
import { LawbookQueries } from './lawbook.queries.js';
import { LawbookService } from './lawbook.service.js';

@Module({
  controllers: [LawbookController],
  providers: [LawbookService, LawbookQueries],
  exports: [LawbookService],
})
export class LawbookModule {}
