import { Module } from '@nestjs/common';
import { DeclarationsModule } from '../declarations/declarations.module.js';
import { ItemsModule } from '../items/items.module.js';
import { ConsolidatedController } from './consolidated.controller.js';
import { ConsolidatedService } from './consolidated.service.js';
import { ConsolidationService } from './consolidation.service.js';
import { FormsController } from './forms.controller.js';
import { FormsService } from './forms.service.js';
import { HistoryService } from './history.service.js';
import { StagedFileService } from './staged-file.service.js';
import { StagedLinesQueries } from './staged-lines.queries.js';
import { StagedWritingQueries } from './staged-writing.queries.js';

@Module({
  imports: [ItemsModule, DeclarationsModule],
  controllers: [FormsController, ConsolidatedController],
  providers: [
    FormsService,
    ConsolidatedService,
    ConsolidationService,
    HistoryService,
    StagedFileService,
    StagedLinesQueries,
    StagedWritingQueries,
  ],
})
export class FormsModule {}
