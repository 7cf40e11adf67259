import { ApiProperty } from '@nestjs/swagger';
import type { PlainDate } from '../calendar/plain-date.js';
import { type Verdict, VERDICTS } from '../law/check.js';
import { CheckAnswer } from '../platform/http/check.dto.js';
import { CHECK_SUBJECTS, type CheckSubject } from './checks.rules.js';
import type { ConsultationChecks } from './checks.service.js';

const VERDICT = { enum: VERDICTS, enumName: 'Verdict', example: 'block' };

export class CheckedMember {
  @ApiProperty({ format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abce' })
  buyerId: string;
  @ApiProperty({ description: 'Nom.', example: 'Argentré' })
  name: string;
}

export class ListedCheckAnswer extends CheckAnswer {
  @ApiProperty({
    enum: CHECK_SUBJECTS,
    description:
      'De quoi il s’agit\u00a0: groupement, consultation et lots, sourçage, articles, conditions du contrat, mesures d’accès, besoins, valeur et procédure.',
    example: 'terms',
  })
  subject: CheckSubject;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Numéro du lot\u00a0; null\u00a0: toute la consultation, ou le groupement.',
    example: 3,
  })
  lotNumber: number | null;
  @ApiProperty({
    type: CheckedMember,
    nullable: true,
    description: 'Le seul membre dont il s’agit\u00a0; lui seul et le coordonnateur le lisent.',
    example: null,
  })
  member: CheckedMember | null;
}

export class CheckList {
  @ApiProperty({
    type: 'string',
    format: 'date',
    description: 'Jour pour lequel le droit est demandé.',
    example: '2026-12-15',
  })
  on: PlainDate;
  @ApiProperty({
    enum: ['launch', 'planned', 'today'] satisfies ConsultationChecks['dayIs'][],
    description: 'Ce jour est celui du lancement, du lancement prévu ou, à défaut, aujourd’hui.',
    example: 'planned',
  })
  dayIs: ConsultationChecks['dayIs'];
  @ApiProperty({ ...VERDICT, description: 'Le plus grave de ceux qui sont donnés.' })
  verdict: Verdict;
  @ApiProperty({
    description: 'Faux\u00a0: il peut y en avoir d’autres, que vos droits ne montrent pas.',
    example: true,
  })
  complete: boolean;
  @ApiProperty({ type: [ListedCheckAnswer], description: 'Tous à la fois, les plus graves d’abord.' })
  items: ListedCheckAnswer[];
}
