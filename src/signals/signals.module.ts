import { Module } from '@nestjs/common';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { DeclarationsModule } from '../declarations/declarations.module.js';
import { SignalsController } from './signals.controller.js';
import { SignalsQueries } from './signals.queries.js';
import { SignalsService } from './signals.service.js';

@Module({
  imports: [ConsultationsModule, DeclarationsModule],
  controllers: [SignalsController],
  providers: [SignalsQueries, SignalsService],
  exports: [SignalsQueries],
})
export class SignalsModule {}
