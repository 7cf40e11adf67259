import { Controller, Get, NotFoundException, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Public } from '../access/requires.js';
import { Metrics } from './metrics.js';

@ApiExcludeController()
@Public('the scraper of the private network has no account')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  /** For the scraper on the private network: what came through a public proxy is told that there is nothing here. */
  @Get()
  async read(@Req() request: Request, @Res() response: Response): Promise<void> {
    if (request.headers['x-forwarded-for'] !== undefined || request.headers['forwarded'] !== undefined)
      throw new NotFoundException();
    response.type(this.metrics.contentType).send(await this.metrics.text());
  }
}
