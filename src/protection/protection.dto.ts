import { CheckAnswer } from '../platform/http/check.dto.js';
import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsObject, IsString, IsUUID, ValidateNested } from 'class-validator';
import type { PlainDate } from '../calendar/plain-date.js';
import { type Check, type Verdict, VERDICTS } from '../law/check.js';
import type { Field, Lever, LeverRecord } from './lever.rules.js';
import { LEVERS } from './levers.rules.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';
import { SeveralLines } from '../platform/http/one-line.decorator.js';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;
const CODES = LEVERS.filter(({ nature }) => nature === 'lever').map(({ code }) => code);
const VERDICT = {
  enum: VERDICTS,
  enumName: 'Verdict',
  description: '`ok` dit ce qui a été vérifié, `warn` demande un regard, `block` arrête la publication.',
  example: 'warn',
} as const;
const ARTICLES = {
  type: 'string',
  isArray: true,
  description: 'Articles de droit.',
  example: ['CCP L2113-10', 'CCP R2113-1'],
} as const;
const RECORD_VALUES: { type: string; items?: { type: string } }[] = [
  { type: 'string' },
  { type: 'integer' },
  { type: 'array', items: { type: 'string' } },
];
const RECORD = {
  type: 'object' as const,
  additionalProperties: { oneOf: RECORD_VALUES },
  description:
    'Ce que la mesure demande d’écrire, champ par champ (voir le catalogue)\u00a0: textes, jours AAAA-MM-JJ, montants en euros HT et taux en pour cent écrits avec un point, nombres entiers, listes de textes.',
  example: {
    cap: 2,
    tieRule: 'Ordre de préférence indiqué par le candidat, puis meilleur écart de prix.',
    competition: 'Cinq entreprises ont répondu à la dernière consultation.',
  },
} satisfies ApiPropertyOptions;
const JUSTIFICATION = {
  type: 'string',
  description:
    'Pourquoi ces mesures servent l’achat, de 20 à 4000\u00a0caractères. Ouverte à qui lit le dossier\u00a0: ni lieu préféré, ni nom d’entreprise.',
  example:
    'Le marché des végétaux compte surtout de petites pépinières\u00a0: plafonner les lots laisse plusieurs d’entre elles répondre.',
} as const;

export class ChosenLeverRequest {
  @ApiProperty({
    description: `Code de la mesure\u00a0: ${CODES.join(', ')}.`,
    example: 'LOT_CAP',
    maxLength: 60,
  })
  @IsString()
  lever: string;

  @ApiProperty(RECORD)
  @IsObject()
  record: Record<string, unknown>;
}

export class ProtectionRequest {
  @ApiProperty({ ...JUSTIFICATION, minLength: 20, maxLength: 4000 })
  @SeveralLines()
  @IsString()
  justification: string;

  @ApiProperty({
    type: () => [ChosenLeverRequest],
    description: 'Les mesures choisies, une au moins. Elles remplacent les précédentes.',
    minItems: 1,
    maxItems: 40,
  })
  @IsArray()
  @ArrayMaxSize(40)
  @ValidateNested({ each: true })
  @Type(() => ChosenLeverRequest)
  levers: ChosenLeverRequest[];
}

export class LeversQuery {
  @ApiPropertyOptional({
    ...ID,
    type: 'string',
    description: 'Lot pour lequel dire quelles mesures conviennent, et pourquoi les autres non.',
  })
  @MayBeAbsent()
  @IsUUID()
  lotId?: string;
}

export class ChosenLeverAnswer {
  @ApiProperty({ description: 'Code de la mesure.', example: 'LOT_CAP' })
  lever: string;
  @ApiProperty({ description: 'Nom de la mesure.', example: 'Plafond de lots par candidat' })
  label: string;
  @ApiProperty(ARTICLES)
  articles: readonly string[];
  @ApiProperty(RECORD)
  record: LeverRecord;
  @ApiProperty(VERDICT)
  verdict: Verdict;
  @ApiProperty({ type: () => [CheckAnswer], description: 'Ce que le droit dit de la mesure sur ce lot.' })
  checks: readonly Check[];
}

export class ProtectionAnswer {
  @ApiProperty({ ...ID, description: 'Identifiant du lot.' })
  lotId: string;
  @ApiProperty({ type: 'integer', description: 'Numéro du lot.', example: 6 })
  lotNumber: number;
  @ApiProperty({
    type: 'string',
    format: 'date',
    description:
      'Jour pour lequel le droit est dit\u00a0: lancement, à défaut lancement prévu, à défaut ce jour.',
    example: '2027-01-15',
  })
  day: PlainDate;
  @ApiProperty({ description: 'Si le lot porte des mesures d’accès des TPE-PME.', example: true })
  decided: boolean;
  @ApiProperty({ ...JUSTIFICATION, nullable: true })
  justification: string | null;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'Dernière décision.',
    example: '2026-11-25T08:30:00.000Z',
  })
  decidedAt: Date | null;
  @ApiProperty({
    type: 'integer',
    description: 'Version, celle de l’ETag\u00a0; 0 sans mesure.',
    example: 1,
  })
  version: number;
  @ApiProperty({ type: () => [ChosenLeverAnswer], description: 'Les mesures choisies.' })
  levers: ChosenLeverAnswer[];
  @ApiProperty({
    type: () => [CheckAnswer],
    description: 'Ce que le droit demande au lot de toute façon, mesures ou non.',
  })
  duties: CheckAnswer[];
  @ApiProperty({ ...VERDICT, description: 'Le plus grave de tous les contrôles.' })
  verdict: Verdict;
}

export class FieldAnswer implements Field {
  @ApiProperty({ description: 'Nom du champ dans `record`.', example: 'cap' })
  key: string;
  @ApiProperty({ description: 'Nom en français.', example: 'Nombre de lots au plus' })
  label: string;
  @ApiProperty({
    description: 'Ce qu’il faut écrire.',
    example: 'Nombre entier, inférieur au nombre de lots.',
  })
  help: string;
  @ApiProperty({
    enum: ['text', 'date', 'amount', 'percent', 'count', 'choice', 'list'],
    enumName: 'LeverFieldKind',
    description: 'Forme attendue.',
    example: 'count',
  })
  kind: Field['kind'];
  @ApiProperty({
    enum: ['choosing', 'publishing', 'never'],
    enumName: 'LeverFieldNeed',
    description:
      'Sans ce champ\u00a0: le choix est refusé (`choosing`), la publication est arrêtée (`publishing`), rien (`never`).',
    example: 'choosing',
  })
  needed: Field['needed'];
  @ApiPropertyOptional({ type: [String], description: 'Seules valeurs permises.', example: ['volume'] })
  choices?: readonly string[];
  @ApiPropertyOptional({
    type: Boolean,
    description: 'Ses mots iront dans une pièce de la consultation\u00a0: ils sont relus.',
    example: true,
  })
  printed?: true;
}

export class LeverAnswer {
  @ApiProperty({ description: 'Code stable.', example: 'LOT_CAP' })
  code: string;
  @ApiProperty({ description: 'Nom.', example: 'Plafond de lots par candidat' })
  label: string;
  @ApiProperty({
    enum: ['lever', 'duty', 'note'],
    enumName: 'LeverNature',
    description:
      '`lever` se choisit\u00a0; `duty` vaut pour tous les lots sans qu’on le choisisse\u00a0; `note` est à savoir.',
    example: 'lever',
  })
  nature: Lever['nature'];
  @ApiProperty(ARTICLES)
  articles: readonly string[];
  @ApiProperty({
    description: 'Ce que fait la mesure.',
    example: 'Limiter le nombre de lots par entreprise.',
  })
  plain: string;
  @ApiProperty({ description: 'Quand elle est possible.', example: 'À partir de deux lots comparables.' })
  when: string;
  @ApiProperty({
    description: 'Ce dont Halle avertit, et ce qu’il bloque.',
    example: 'Bloque quand le règlement n’a pas la règle de départage.',
  })
  watches: string;
  @ApiProperty({
    type: [String],
    description: 'Ce qui n’a pu être vérifié dans un texte officiel.',
    example: [],
  })
  unverified: readonly string[];
  @ApiProperty({ type: () => [FieldAnswer], description: 'Ce qu’il faut écrire.' })
  fields: readonly Field[];
  @ApiProperty({
    type: Boolean,
    nullable: true,
    description: 'Si elle convient au lot demandé\u00a0; nul sans lot.',
    example: true,
  })
  usable: boolean | null;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Pourquoi elle ne convient pas.',
    example: null,
  })
  whyNot: string | null;
}

export class LeverList {
  @ApiProperty({ ...ID, type: 'string', nullable: true, description: 'Lot demandé.' })
  lotId: string | null;
  @ApiProperty({
    type: 'string',
    format: 'date',
    nullable: true,
    description: 'Jour pour lequel le droit est dit\u00a0; nul sans lot.',
    example: '2027-01-15',
  })
  day: PlainDate | null;
  @ApiProperty({ type: () => [LeverAnswer], description: 'Le catalogue, dans l’ordre.' })
  items: LeverAnswer[];
}
