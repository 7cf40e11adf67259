import { Module } from '@nestjs/common';
import { LotsQueries } from './lots.queries.js';
import { LotsService } from './lots.service.js';

@Module({ providers: [LotsService, LotsQueries], exports: [LotsService, LotsQueries] })
export class LotsModule {}
