import { Controller, Get, HttpStatus, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { Public } from '../access/requires.js';
import type { JobQueue } from '../jobs/queue.js';
import { JOB_QUEUE } from '../jobs/tokens.js';
import { Health } from './health.dto.js';

/** A dependency that does not answer within this time is not ready. */
const PATIENCE_MS = 3_000;

@ApiTags('exploitation')
@Public('what watches the machine has no account')
@Controller('health')
export class HealthController {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(JOB_QUEUE) private readonly queue: JobQueue,
  ) {}

  @Get('live')
  @ApiOperation({ summary: 'Le processus répond', operationId: 'getLiveness' })
  @ApiOkResponse({ description: 'Il répond.', type: Health, example: { status: 'ok' } })
  live(): Health {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({
    summary: 'La base de données et la file de travaux répondent',
    operationId: 'getReadiness',
    description: 'Les deux sont réellement interrogées à chaque appel.',
  })
  @ApiOkResponse({
    description: 'Les deux répondent.',
    type: Health,
    example: { status: 'ok', database: 'ok', queue: 'ok' },
  })
  @ApiResponse({
    status: HttpStatus.SERVICE_UNAVAILABLE,
    description: 'L’une des deux ne répond pas.',
    type: Health,
    example: { status: 'unavailable', database: 'unavailable', queue: 'ok' },
  })
  async ready(@Res({ passthrough: true }) response: Response): Promise<Health> {
    const [database, queue] = await Promise.all([
      answers(this.dataSource.query('select 1')),
      answers(this.queue.getJobCounts('waiting')),
    ]);
    const status = database === 'ok' && queue === 'ok' ? 'ok' : 'unavailable';
    if (status !== 'ok') response.status(HttpStatus.SERVICE_UNAVAILABLE);
    return { status, database, queue };
  }
}

async function answers(question: Promise<unknown>): Promise<'ok' | 'unavailable'> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<'unavailable'>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, 'unavailable');
  });
  const answer = question.then(
    () => 'ok' as const,
    () => 'unavailable' as const,
  );
  const outcome = await Promise.race([answer, patience]);
  clearTimeout(timer);
  return outcome;
}
