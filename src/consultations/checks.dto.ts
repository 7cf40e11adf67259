import { ApiProperty } from '@nestjs/swagger';
import type { Check, Verdict } from '../law/check.js';

const VERDICTS = ['ok', 'warn', 'block'] as const satisfies readonly Verdict[];
const VERDICT = { enum: VERDICTS, enumName: 'Verdict', example: 'block' } as const;

/** What a rule of law answers, so that a person can verify it. */
export class CheckAnswer implements Check {
  @ApiProperty({ description: 'Code stable de la règle.', example: 'LOT_SPLIT' })
  rule: string;
  @ApiProperty({ description: 'Article.', example: 'CCP L2113-11' })
  article: string;
  @ApiProperty({
    ...VERDICT,
    description:
      '«\u00a0block\u00a0» empêche de lancer, «\u00a0warn\u00a0» demande de regarder, «\u00a0ok\u00a0» dit ce qui a été vérifié.',
  })
  verdict: Verdict;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Ce qui a été comparé, sous des noms français.',
    example: { lots: '1' },
  })
  figures: Readonly<Record<string, string>>;
  @ApiProperty({
    description: 'Ce qui est, et ce qu’il faut faire.',
    example:
      'La consultation n’a qu’un lot\u00a0: enregistrer pourquoi elle n’est pas allotie, ou ajouter des lots.',
  })
  sentence: string;
}

export class CheckList {
  @ApiProperty({ ...VERDICT, description: 'Le plus grave de tous.' })
  verdict: Verdict;
  @ApiProperty({ type: [CheckAnswer] })
  items: CheckAnswer[];
}
