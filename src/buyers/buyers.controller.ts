import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Refused } from '../platform/refusals/refused.js';
import { Buyer } from './buyer.entity.js';
import { BuyerAnswer } from './buyers.dto.js';

@ApiTags('acheteurs')
@Controller('buyers')
export class BuyersController {
  constructor(private readonly dataSource: DataSource) {}

  @Get(':buyerId')
  @Requires('buyer.read')
  @ApiOperation({ summary: 'Un acheteur', operationId: 'getBuyer' })
  @ApiOkResponse({ type: BuyerAnswer })
  async read(@CurrentCall() { caller }: Call, @Param('buyerId') buyerId: string): Promise<BuyerAnswer> {
    caller.require('buyer.read', { buyerIds: [buyerId] });
    const buyer = await this.dataSource.manager.findOne(Buyer, { where: { id: buyerId } });
    if (!buyer) throw new Refused('NOT_FOUND');
    const { id, siret, inseeCode, name } = buyer;
    return { id, siret, inseeCode, name };
  }
}
