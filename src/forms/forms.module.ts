import { Module } from '@nestjs/common';
import { DeclarationsModule } from '../declarations/declarations.module.js';
import { ItemsModule } from '../items/items.module.js';
import { FormsController } from './forms.controller.js';
import { FormsService } from './forms.service.js';

@Module({
  imports: [ItemsModule, DeclarationsModule],
  controllers: [FormsController],
  providers: [FormsService],
})
export class FormsModule {}
