import { Module } from '@nestjs/common';
import { NeedsQueries } from './needs.queries.js';
import { NeedsService } from './needs.service.js';

@Module({ providers: [NeedsService, NeedsQueries], exports: [NeedsService, NeedsQueries] })
export class NeedsModule {}
