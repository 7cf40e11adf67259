import { CheckAnswer } from '../platform/http/check.dto.js';
import { ApiProperty } from '@nestjs/swagger';
import type { PlainDate } from '../calendar/plain-date.js';
import { type Verdict, VERDICTS } from '../law/check.js';
import { LotTermsRequest } from './lot-terms.dto.js';
import { ConsultationTermsRequest, MemberLimitRequest } from './terms.dto.js';

const VERSION = {
  type: 'integer',
  description: 'Version, que reprend l’ETag\u00a0; 0 tant que personne n’a rien écrit.',
  example: 3,
} as const;

export class LotTermsAnswer extends LotTermsRequest {
  @ApiProperty(VERSION)
  version: number;
}

export class MemberLimitAnswer extends MemberLimitRequest {
  @ApiProperty({ description: 'Nom du membre.', example: 'Argentré' })
  buyerName: string;
}

export class MemberLimitsAnswer {
  @ApiProperty({ type: [MemberLimitAnswer] })
  items: readonly MemberLimitAnswer[];
  @ApiProperty(VERSION)
  version: number;
}

export class CriterionAnswer {
  @ApiProperty({ format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcf' })
  id: string;
  @ApiProperty({ description: 'Intitulé.', example: 'Dépannage à proximité' })
  label: string;
  @ApiProperty({ description: 'Pondération, en pourcentage.', example: '100' })
  weight: string;
  @ApiProperty({ description: 'Prend en compte l’environnement.', example: true })
  environmental: boolean;
  @ApiProperty({ type: 'string', nullable: true, description: 'Méthode de notation.', example: null })
  method: string | null;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Motif «\u00a0lié à l’objet ou à l’exécution\u00a0».',
    example: 'Un chauffage en panne se répare en deux heures.',
  })
  placeMotive: string | null;
  @ApiProperty({
    type: 'string',
    format: 'uuid',
    nullable: true,
    description: 'Qui l’a inscrit.',
    example: '0199f3a4-5b6c-7d8e-9f01-23456789abd0',
  })
  placeMotiveBy: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Son nom.', example: 'Claire Martin' })
  placeMotiveByName: string | null;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'Quand.',
    example: '2026-11-25T08:30:00.000Z',
  })
  placeMotiveAt: Date | null;
  @ApiProperty({
    type: [String],
    description:
      'Mots de lieu, origines et marques sans «\u00a0ou équivalent\u00a0» relevés dans l’intitulé et la méthode.',
    example: ['proximité'],
  })
  placeWords: readonly string[];
  @ApiProperty({
    description: 'De tels mots sans motif\u00a0: la consultation ne peut pas être lancée.',
    example: false,
  })
  blocked: boolean;
}

export class CriteriaAnswer {
  @ApiProperty({ type: [CriterionAnswer] })
  items: readonly CriterionAnswer[];
  @ApiProperty(VERSION)
  version: number;
}

export class ConsultationTermsAnswer extends ConsultationTermsRequest {
  @ApiProperty({
    type: [String],
    description: 'Règles de départage en usage, à reprendre telles quelles ou à adapter.',
    example: ['Le candidat indique dans son offre l’ordre de préférence des lots.'],
  })
  usualTieRules: readonly string[];
  @ApiProperty(VERSION)
  version: number;
}

export class TermsChecksAnswer {
  @ApiProperty({
    type: 'string',
    format: 'date',
    description: 'Jour du lancement supposé.',
    example: '2026-12-15',
  })
  on: PlainDate;
  @ApiProperty({
    enum: VERDICTS,
    enumName: 'Verdict',
    description: 'Le plus grave des verdicts.',
    example: 'ok',
  })
  verdict: Verdict;
  @ApiProperty({ type: [CheckAnswer] })
  items: readonly CheckAnswer[];
}
