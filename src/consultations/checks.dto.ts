import { CheckAnswer } from '../platform/http/check.dto.js';
import { ApiProperty } from '@nestjs/swagger';
import type { Verdict } from '../law/check.js';

const VERDICTS = ['ok', 'warn', 'block'] as const satisfies readonly Verdict[];
const VERDICT = { enum: VERDICTS, enumName: 'Verdict', example: 'block' } as const;

export class CheckList {
  @ApiProperty({ ...VERDICT, description: 'Le plus grave de tous.' })
  verdict: Verdict;
  @ApiProperty({ type: [CheckAnswer] })
  items: CheckAnswer[];
}
