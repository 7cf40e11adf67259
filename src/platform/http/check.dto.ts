import { ApiProperty } from '@nestjs/swagger';
import { type Check, type Verdict, VERDICTS } from '../../law/check.js';

/** What a rule of law answers, as `law/check.ts` shapes it. */
export class CheckAnswer implements Check {
  @ApiProperty({ description: 'Code de la règle.', example: 'COMMITTEE_MAJORITY' })
  rule: string;
  @ApiProperty({ description: 'Article.', example: 'CGCT L1414-3' })
  article: string;
  @ApiProperty({
    enum: VERDICTS,
    enumName: 'Verdict',
    description: '«\u00a0block\u00a0» empêche la publication, «\u00a0warn\u00a0» demande un regard.',
    example: 'ok',
  })
  verdict: Verdict;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Ce qui a été comparé, sous des noms français.',
    example: { membres: '33' },
  })
  figures: Readonly<Record<string, string>>;
  @ApiProperty({
    description: 'Ce qui est, et ce qu’il faut faire.',
    example: 'Les collectivités et établissements publics locaux sont majoritaires (33 sur 33).',
  })
  sentence: string;
}
