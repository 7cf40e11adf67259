import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsUUID, Matches, ValidateNested } from 'class-validator';
import { ShortText } from '../platform/http/amount.decorators.js';
import type { MainItemRow, SignalRow } from './signals.queries.js';
import { SIGNAL_KINDS, type SignalKind, signalSentence } from './signals.rules.js';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;
const SIGNAL_ID = {
  description: 'Ce qui est à vérifier\u00a0: la sorte, et l’article ou le lot.',
  example: 'last_year:0199f3a4-5b6c-7d8e-9f01-23456789abcd',
} as const;
const FINGERPRINT = {
  description: 'Chiffres du membre\u00a0: quand ils changent, la question est posée de nouveau.',
  example: '400 / 40',
} as const;
const text = (description: string, example: string) => ({ description, example }) as const;
const maybe = (description: string, example: string | null) =>
  ({ type: 'string', nullable: true, description, example }) as const;
const count = (description: string, example: number) => ({ type: 'integer', description, example }) as const;

export class SignalAnswer {
  @ApiProperty(SIGNAL_ID)
  id: string;
  @ApiProperty({
    enum: SIGNAL_KINDS,
    enumName: 'SignalKind',
    description:
      'Conditionnement compté pour l’unité\u00a0; médiane par habitant\u00a0; an passé\u00a0; partie d’une unité entière\u00a0; maximum du membre dans le lot\u00a0; même chiffre rond partout.',
    example: 'last_year',
  })
  kind: SignalKind;
  @ApiProperty({ ...ID, description: 'Membre.' })
  buyerId: string;
  @ApiProperty(text('Son nom.', 'Argentré'))
  buyerName: string;
  @ApiProperty({
    ...ID,
    type: 'string',
    nullable: true,
    description: 'Lot\u00a0; null\u00a0: toute la déclaration.',
  })
  lotId: string | null;
  @ApiProperty({ ...count('Numéro du lot.', 1), nullable: true })
  lotNumber: number | null;
  @ApiProperty({
    ...ID,
    type: 'string',
    nullable: true,
    description: 'Article\u00a0; null\u00a0: tout le lot, ou toute la déclaration.',
  })
  itemId: string | null;
  @ApiProperty(maybe('Code de l’article.', 'VH-002'))
  code: string | null;
  @ApiProperty(maybe('Désignation de l’article.', 'Sel de déneigement, sac de 25\u00a0kg'))
  designation: string | null;
  @ApiProperty(
    text(
      'Ce qui étonne, avec les chiffres, et quoi faire.',
      '400\u00a0sacs par an, contre 40\u00a0sacs l’an passé\u00a0: 10\u00a0fois plus, ou davantage. Corriger, ou confirmer en disant pourquoi.',
    ),
  )
  sentence: string;
  @ApiProperty(FINGERPRINT)
  fingerprint: string;
  @ApiProperty(maybe('Raison, une fois confirmé avec ces chiffres.', null))
  reason: string | null;
  @ApiProperty({ ...maybe('Quand.', null), format: 'date-time' })
  confirmedAt: Date | null;
  @ApiProperty({ ...ID, type: 'string', nullable: true, description: 'Par qui.', example: null })
  confirmedBy: string | null;
}

export class SignalList {
  @ApiProperty(count('Ce qui reste à confirmer ou à corriger.', 3))
  toConfirm: number;
  @ApiProperty(count('Ce qui est confirmé.', 1))
  confirmed: number;
  @ApiProperty({
    type: [SignalAnswer],
    description: 'Ce qui reste à confirmer d’abord, par membre\u00a0; les 1\u202f000\u00a0premiers.',
  })
  signals: readonly SignalAnswer[];
}

export class ConfirmedSignals {
  @ApiProperty({ type: [SignalAnswer], description: 'Dans l’ordre demandé.' })
  signals: readonly SignalAnswer[];
}

export class ReadSignalRequest {
  @ApiProperty(SIGNAL_ID)
  @Matches(/^[a-z_]{1,20}(:[0-9a-f-]{36})?$/, { message: 'Reprendre l’«\u00a0id\u00a0» donné par la liste.' })
  id: string;
  @ApiProperty(FINGERPRINT)
  @ShortText(100)
  fingerprint: string;
}

export class ConfirmationRequest {
  @ApiProperty({ type: [ReadSignalRequest], description: 'Ce qui est confirmé, comme il a été lu.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ReadSignalRequest)
  signals: ReadSignalRequest[];
  @ApiProperty({
    description: 'Pourquoi ces quantités sont justes.',
    example: 'nouvelle école, ouverte en septembre',
    maxLength: 500,
  })
  @ShortText(500)
  reason: string;
}

export class CoordinatorConfirmationRequest extends ConfirmationRequest {
  @ApiProperty({ ...ID, description: 'Membre dont la déclaration est vérifiée.' })
  @IsUUID()
  buyerId: string;
}

export class MainItemAnswer {
  @ApiProperty({ ...ID, description: 'Article.' })
  itemId: string;
  @ApiProperty({ ...ID, description: 'Lot.' })
  lotId: string;
  @ApiProperty(count('Numéro du lot.', 1))
  lotNumber: number;
  @ApiProperty(text('Code.', 'VH-002'))
  code: string;
  @ApiProperty(text('Désignation.', 'Sel de déneigement, sac de 25\u00a0kg'))
  designation: string;
  @ApiProperty(text('Unité.', 'sac'))
  unit: string;
  @ApiProperty(text('Besoin par an.', '120'))
  estimate: string;
  @ApiProperty(text('Prix unitaire estimé HT, en euros.', '6.15'))
  unitPrice: string;
  @ApiProperty(text('Montant estimé d’un an HT, en euros.', '738.00'))
  net: string;
  @ApiProperty(maybe('Dernier prix unitaire payé HT, en euros.', '6.40'))
  lastPrice: string | null;
  @ApiProperty({ description: 'Si le dernier prix payé manque.', example: false })
  priceMissing: boolean;
}

export class MainItemList {
  @ApiProperty({ type: [MainItemAnswer], description: 'Par montant, cinq au plus.' })
  items: readonly MainItemAnswer[];
  @ApiProperty(count('Combien n’ont pas de dernier prix payé.', 0))
  pricesMissing: number;
}

/** As people read it. */
export const describeSignal = (signal: SignalRow): SignalAnswer => ({
  id: signal.id,
  kind: signal.kind,
  buyerId: signal.buyerId,
  buyerName: signal.buyerName,
  lotId: signal.lotId,
  lotNumber: signal.lotNumber,
  itemId: signal.itemId,
  code: signal.code,
  designation: signal.designation,
  sentence: signalSentence(signal),
  fingerprint: signal.fingerprint,
  reason: signal.reason,
  confirmedAt: signal.confirmedAt,
  confirmedBy: signal.confirmedBy,
});

export const describeMainItems = (rows: readonly MainItemRow[]): MainItemList => ({
  items: rows.map((row) => ({ ...row, priceMissing: row.lastPrice === null })),
  pricesMissing: rows.filter(({ lastPrice }) => lastPrice === null).length,
});
