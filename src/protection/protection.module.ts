import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { LeverFactsReader } from './lever-facts.js';
import { LotProtection } from './lot-protection.entity.js';
import { ProtectionController } from './protection.controller.js';
import { ProtectionQueries } from './protection.queries.js';
import { ProtectionReadingService } from './protection-reading.service.js';
import { ProtectionService } from './protection.service.js';

@Module({
  imports: [ConsultationsModule, TypeOrmModule.forFeature([LotProtection])],
  controllers: [ProtectionController],
  providers: [ProtectionService, ProtectionReadingService, ProtectionQueries, LeverFactsReader],
  exports: [ProtectionReadingService],
})
export class ProtectionModule {}
