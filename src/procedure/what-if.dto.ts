import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsUUID, Max, Min, ValidateNested } from 'class-validator';
import type { PlainDate } from '../calendar/plain-date.js';
import { CONTRACT_FORMS, type ContractForm, LOT_FAMILIES, type LotFamily } from '../lots/lots.rules.js';
import { type Cents, centsFromDecimal } from '../money/amounts.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';
import { IsPlainDate } from '../platform/http/plain-date.decorator.js';
import { IsEuros, ShortText } from '../platform/http/amount.decorators.js';
import { type Procedure, PROCEDURES } from './choice.rules.js';
import { type MainObject, MAIN_OBJECTS } from './main-object.rules.js';
import { LOT_ID } from './procedure-choice.dto.js';
import { SMALL_LOT_TREATMENTS, type SmallLotTreatment } from './small-lots.rules.js';
import type { Hypothesis } from './what-if.rules.js';

const EUROS = { type: 'string', pattern: '^\\d{1,10}(\\.\\d{1,2})?$', example: '120000.00' } as const;
const FAMILY = { enum: LOT_FAMILIES, enumName: 'LotFamily', description: 'Nature.', example: 'fournitures' };
const FORM = {
  enum: CONTRACT_FORMS,
  enumName: 'ContractForm',
  description: 'Forme du contrat.',
  example: 'bons_de_commande',
};
const MAXIMUM = { ...EUROS, description: 'Maximum de l’accord-cadre, en euros HT, sur toute sa durée.' };
const YEARLY = { ...EUROS, description: 'Besoin d’un an de tous les membres, en euros HT.' };
const LIST = { maxItems: 999, default: [] as string[] };

const SUPPOSED_TREATMENTS = [...SMALL_LOT_TREATMENTS, 'none'] as const;
type SupposedTreatment = (typeof SUPPOSED_TREATMENTS)[number];
const TREATMENT = {
  enum: SUPPOSED_TREATMENTS,
  enumName: 'SupposedTreatment',
  description: 'Acheté comme petit lot, et comment.',
  example: 'none',
};

export class AddedLot {
  @ApiPropertyOptional({ description: 'Intitulé.', default: 'Lot supposé', maxLength: 200, example: 'Sel' })
  @ShortText(200)
  title: string = 'Lot supposé';

  @ApiProperty(FAMILY)
  @IsIn(LOT_FAMILIES)
  family: LotFamily;

  @ApiProperty(FORM)
  @IsIn(CONTRACT_FORMS)
  contractForm: ContractForm;

  @ApiPropertyOptional(MAXIMUM)
  @MayBeAbsent()
  @IsEuros()
  maximum?: string;

  @ApiPropertyOptional(YEARLY)
  @MayBeAbsent()
  @IsEuros()
  yearlyNeed?: string;

  @ApiPropertyOptional({ ...TREATMENT, default: 'none' })
  @IsIn(SUPPOSED_TREATMENTS)
  smallLot: SupposedTreatment = 'none';
}

export class ChangedLot {
  @ApiProperty({ ...LOT_ID, description: 'Lot.' })
  @IsUUID()
  lotId: string;

  @ApiPropertyOptional(FAMILY)
  @MayBeAbsent()
  @IsIn(LOT_FAMILIES)
  family?: LotFamily;

  @ApiPropertyOptional(FORM)
  @MayBeAbsent()
  @IsIn(CONTRACT_FORMS)
  contractForm?: ContractForm;

  @ApiPropertyOptional(MAXIMUM)
  @MayBeAbsent()
  @IsEuros()
  maximum?: string;

  @ApiPropertyOptional({ ...YEARLY, description: `${YEARLY.description} Remplace leurs besoins déclarés.` })
  @MayBeAbsent()
  @IsEuros()
  yearlyNeed?: string;

  @ApiPropertyOptional(TREATMENT)
  @MayBeAbsent()
  @IsIn(SUPPOSED_TREATMENTS)
  smallLot?: SupposedTreatment;
}

export class SupposedNeed {
  @ApiProperty({ ...LOT_ID, description: 'Lot.' })
  @IsUUID()
  lotId: string;

  @ApiProperty({ ...EUROS, description: 'Besoin d’un an, en euros HT.', example: '4000.00' })
  @IsEuros()
  yearlyNeed: string;
}

export class AddedMember {
  @ApiProperty({ type: [SupposedNeed], maxItems: 999, description: 'Ses besoins, lot par lot.' })
  @IsArray()
  @ArrayMaxSize(999)
  @ValidateNested({ each: true })
  @Type(() => SupposedNeed)
  needs: SupposedNeed[];
}

/** What would be so; what is absent stays as it is. */
export class WhatIfRequest {
  @ApiPropertyOptional({
    type: 'string',
    format: 'date',
    description: 'Jour supposé du lancement\u00a0: le droit est celui de ce jour.',
    example: '2027-01-15',
  })
  @MayBeAbsent()
  @IsPlainDate()
  launchOn?: PlainDate;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 30,
    description: 'Durée ferme, en années.',
    example: 1,
  })
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(30)
  firmYears?: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: 30,
    description: 'Reconductions d’un an.',
    example: 3,
  })
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(30)
  renewals?: number;

  @ApiPropertyOptional({
    enum: PROCEDURES,
    enumName: 'Procedure',
    description: 'Procédure supposée.',
    example: 'open',
  })
  @MayBeAbsent()
  @IsIn(PROCEDURES)
  procedure?: Procedure;

  @ApiPropertyOptional({
    enum: MAIN_OBJECTS,
    enumName: 'MainObject',
    description: 'Objet principal supposé.',
    example: 'works',
  })
  @MayBeAbsent()
  @IsIn(MAIN_OBJECTS)
  mainObject?: MainObject;

  @ApiPropertyOptional({ ...EUROS, description: 'Options, en euros HT.' })
  @MayBeAbsent()
  @IsEuros()
  options?: string;

  @ApiPropertyOptional({ ...EUROS, description: 'Primes, en euros HT.' })
  @MayBeAbsent()
  @IsEuros()
  premiums?: string;

  @ApiPropertyOptional({ ...EUROS, description: 'Autres marchés de l’opération, en euros HT.' })
  @MayBeAbsent()
  @IsEuros()
  restOfOperation?: string;

  @ApiPropertyOptional({ ...LIST, type: [AddedLot], description: 'Lots ajoutés, à la suite.' })
  @IsArray()
  @ArrayMaxSize(999)
  @ValidateNested({ each: true })
  @Type(() => AddedLot)
  addedLots: AddedLot[] = [];

  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    maxItems: 999,
    default: [],
    description: 'Lots retirés.',
    example: [],
  })
  @IsArray()
  @ArrayMaxSize(999)
  @IsUUID(undefined, { each: true })
  removedLots: string[] = [];

  @ApiPropertyOptional({ ...LIST, type: [ChangedLot], description: 'Lots changés.' })
  @IsArray()
  @ArrayMaxSize(999)
  @ValidateNested({ each: true })
  @Type(() => ChangedLot)
  changedLots: ChangedLot[] = [];

  @ApiPropertyOptional({ ...LIST, type: [AddedMember], description: 'Membres de plus, et leurs besoins.' })
  @IsArray()
  @ArrayMaxSize(999)
  @ValidateNested({ each: true })
  @Type(() => AddedMember)
  addedMembers: AddedMember[] = [];

  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    maxItems: 999,
    default: [],
    description: 'Acheteurs qui partiraient, avec leurs besoins.',
    example: [],
  })
  @IsArray()
  @ArrayMaxSize(999)
  @IsUUID(undefined, { each: true })
  removedMembers: string[] = [];
}

/** The same, in cents. */
export function hypothesisOf(given: WhatIfRequest): Hypothesis {
  const cents = (text: string | undefined): Cents | undefined =>
    text === undefined ? undefined : centsFromDecimal(text);
  const treatment = (supposed: SupposedTreatment): SmallLotTreatment | null =>
    supposed === 'none' ? null : supposed;
  const { firmYears, renewals, procedure, mainObject, removedLots, removedMembers } = given;
  return {
    ...{ firmYears, renewals, procedure, mainObject, removedLots, removedMembers },
    options: cents(given.options),
    premiums: cents(given.premiums),
    restOfOperation: cents(given.restOfOperation),
    addedLots: given.addedLots.map(({ title, family, contractForm, maximum, yearlyNeed, smallLot }) => ({
      ...{ title, family, form: contractForm, treatment: treatment(smallLot) },
      maximum: cents(maximum) ?? null,
      yearly: cents(yearlyNeed) ?? null,
    })),
    changedLots: given.changedLots.map(({ lotId, family, contractForm, maximum, yearlyNeed, smallLot }) => ({
      lotId,
      ...(family === undefined ? {} : { family }),
      ...(contractForm === undefined ? {} : { form: contractForm }),
      ...(maximum === undefined ? {} : { maximum: centsFromDecimal(maximum) }),
      ...(yearlyNeed === undefined ? {} : { yearly: centsFromDecimal(yearlyNeed) }),
      ...(smallLot === undefined ? {} : { treatment: treatment(smallLot) }),
    })),
    addedMembers: given.addedMembers.map(({ needs }) => ({
      needs: needs.map(({ lotId, yearlyNeed }) => ({ lotId, yearly: centsFromDecimal(yearlyNeed) })),
    })),
  };
}
