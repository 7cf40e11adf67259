import { ApiProperty } from '@nestjs/swagger';
import type { PlainDate } from '../calendar/plain-date.js';
import { gravest, type Verdict, VERDICTS } from '../law/check.js';
import { CONTRACT_FORMS, type ContractForm, LOT_FAMILIES, type LotFamily } from '../lots/lots.rules.js';
import { type Cents, centsToDecimal } from '../money/amounts.js';
import { CheckAnswer } from '../platform/http/check.dto.js';
import { type Procedure, PROCEDURE_WORDS, PROCEDURES } from './choice.rules.js';
import { REQUIRED, type Required, REQUIRED_WORDS } from './decision.rules.js';
import { type MainObject, MAIN_OBJECTS } from './main-object.rules.js';
import { LOT_ID } from './procedure-choice.dto.js';
import { yearlyOf } from './procedure.rules.js';
import { LAW_DAYS, type LawDayIs, type ProcedureState } from './procedure.service.js';
import { SMALL_LOT_TREATMENTS, type SmallLotTreatment } from './small-lots.rules.js';

const euros = (description: string, example: string) =>
  ({ type: 'string', description: `${description}, en euros HT.`, example }) as const;
const perhapsEuros = (description: string, example: string) =>
  ({ ...euros(description, example), nullable: true }) as const;

export class ValuedLot {
  @ApiProperty({
    ...LOT_ID,
    type: 'string',
    nullable: true,
    description: 'Lot\u00a0; null\u00a0: il est supposé.',
  })
  lotId: string | null;
  @ApiProperty({ type: 'integer', description: 'Numéro.', example: 3 })
  number: number;
  @ApiProperty({ description: 'Intitulé.', example: 'Sel de déneigement' })
  title: string;
  @ApiProperty({ enum: LOT_FAMILIES, enumName: 'LotFamily', description: 'Nature.', example: 'fournitures' })
  family: LotFamily;
  @ApiProperty({
    enum: CONTRACT_FORMS,
    enumName: 'ContractForm',
    description: 'Forme du contrat.',
    example: 'bons_de_commande',
  })
  contractForm: ContractForm;
  @ApiProperty(
    perhapsEuros(
      'Ce qu’il vaut sur toute la durée\u00a0: maximum d’un accord-cadre, besoins d’un marché ordinaire\u00a0; null\u00a0: personne ne l’a dit',
      '120000.00',
    ),
  )
  net: string | null;
  @ApiProperty(
    perhapsEuros('Besoin d’un an de ses membres\u00a0; null\u00a0: aucun n’est déclaré', '28000.00'),
  )
  yearlyNeeds: string | null;
}

export class EstimatedValueAnswer {
  @ApiProperty(euros('Valeur connue, reconductions, options, primes et tous lots compris', '240000.00'))
  net: string;
  @ApiProperty({
    description: 'Faux\u00a0: un lot n’a pas de montant, la valeur est au moins celle-ci.',
    example: true,
  })
  complete: boolean;
  @ApiProperty({
    type: 'integer',
    description: 'Durée totale en années, reconductions comprises.',
    example: 4,
  })
  years: number;
  @ApiProperty(euros('Options', '0.00'))
  options: string;
  @ApiProperty(euros('Primes', '0.00'))
  premiums: string;
  @ApiProperty(euros('Autres marchés de l’opération de travaux', '0.00'))
  restOfOperation: string;
  @ApiProperty({
    enum: MAIN_OBJECTS,
    enumName: 'MainObject',
    description: 'Seuils qui s’appliquent.',
    example: 'supplies_services',
  })
  mainObject: MainObject;
  @ApiProperty({ type: [ValuedLot], description: 'Par numéro.' })
  lots: ValuedLot[];
}

export class SmallLotAnswer {
  @ApiProperty({ type: 'integer', description: 'Numéro.', example: 11 })
  number: number;
  @ApiProperty({
    enum: SMALL_LOT_TREATMENTS,
    enumName: 'SmallLotTreatment',
    nullable: true,
    description: 'Comment il est acheté\u00a0; null\u00a0: ce n’est pas un petit lot.',
    example: 'adapted',
  })
  treatment: SmallLotTreatment | null;
  @ApiProperty({ description: 'Son montant permet la procédure adaptée.', example: true })
  mayBeAdapted: boolean;
  @ApiProperty({
    description: 'Son montant permet l’achat sans publicité ni mise en concurrence.',
    example: false,
  })
  mayBeDirect: boolean;
}

export class SmallLotsAnswer {
  @ApiProperty(euros('Tous les lots', '240000.00'))
  total: string;
  @ApiProperty(euros('Ce que les petits lots peuvent atteindre ensemble', '48000.00'))
  envelope: string;
  @ApiProperty(euros('Ce que prennent ceux qui sont choisis', '30000.00'))
  used: string;
  @ApiProperty(euros('Ce qui reste\u00a0; négatif\u00a0: ce qui est de trop', '18000.00'))
  margin: string;
  @ApiProperty({ type: [SmallLotAnswer], description: 'Tous les lots, par numéro.' })
  lots: SmallLotAnswer[];
}

export class DecisionAnswer {
  @ApiProperty({
    enum: REQUIRED,
    enumName: 'RequiredProcedure',
    description: 'Ce que le montant demande.',
    example: 'formal',
  })
  required: Required;
  @ApiProperty({ description: 'La même chose en français.', example: REQUIRED_WORDS.formal })
  requiredLabel: string;
  @ApiProperty({
    description: 'Faux\u00a0: un lot n’a pas de montant, une procédure plus exigeante peut s’imposer.',
    example: true,
  })
  settled: boolean;
  @ApiProperty({
    enum: PROCEDURES,
    enumName: 'Procedure',
    description: 'Celle qui est choisie, à défaut celle que le montant demande.',
    example: 'open',
  })
  followed: Procedure;
  @ApiProperty({ description: 'La même chose en français.', example: PROCEDURE_WORDS.open })
  followedLabel: string;
}

export class ProcedureAnswer {
  @ApiProperty({
    type: 'string',
    format: 'date',
    description: 'Jour dont le droit est lu.',
    example: '2027-01-15',
  })
  on: PlainDate;
  @ApiProperty({
    enum: LAW_DAYS,
    enumName: 'LawDayIs',
    description: 'Ce jour est celui du lancement, du lancement prévu, d’aujourd’hui, ou supposé.',
    example: 'planned',
  })
  dayIs: LawDayIs;
  @ApiProperty({ type: EstimatedValueAnswer, description: 'Valeur estimée (CCP R2121-1 à R2121-8).' })
  estimatedValue: EstimatedValueAnswer;
  @ApiProperty({
    type: SmallLotsAnswer,
    nullable: true,
    description:
      'Petits lots (CCP R2123-1 2°, R2122-8)\u00a0; null\u00a0: un seuil n’est pas connu ce jour-là.',
    example: null,
  })
  smallLots: SmallLotsAnswer | null;
  @ApiProperty({
    type: DecisionAnswer,
    nullable: true,
    description: 'Procédure\u00a0; null\u00a0: un seuil n’est pas connu ce jour-là, un contrôle dit lequel.',
    example: null,
  })
  procedure: DecisionAnswer | null;
  @ApiProperty({ type: [CheckAnswer], description: 'Ce que le droit de ce jour en dit.' })
  checks: readonly CheckAnswer[];
  @ApiProperty({
    enum: VERDICTS,
    enumName: 'Verdict',
    description: 'Le plus grave des contrôles.',
    example: 'warn',
  })
  verdict: Verdict;
}

const perhaps = (net: Cents | null): string | null => (net === null ? null : centsToDecimal(net));

/** As it is sent. */
export function procedureAnswer({ on, dayIs, facts, reading }: ProcedureState): ProcedureAnswer {
  const { value, object, decision, smallLots, checks } = reading;
  return {
    on,
    dayIs,
    estimatedValue: {
      net: centsToDecimal(value.net),
      complete: value.complete,
      years: value.years,
      options: centsToDecimal(value.options),
      premiums: centsToDecimal(value.premiums),
      restOfOperation: centsToDecimal(value.restOfOperation),
      mainObject: object.is,
      lots: facts.lots.map((lot, i) => ({
        ...{ lotId: lot.lotId, number: lot.number, title: lot.title, family: lot.family },
        contractForm: lot.form,
        net: perhaps(value.lots[i]!.net),
        yearlyNeeds: perhaps(yearlyOf(lot)),
      })),
    },
    smallLots: smallLots && {
      total: centsToDecimal(smallLots.total),
      envelope: centsToDecimal(smallLots.envelope),
      used: centsToDecimal(smallLots.used),
      margin: centsToDecimal(smallLots.margin),
      lots: smallLots.lots.map(({ number, treatment, mayBe }) => ({
        ...{ number, treatment },
        mayBeAdapted: mayBe.adapted,
        mayBeDirect: mayBe.direct,
      })),
    },
    procedure: decision && {
      ...decision,
      requiredLabel: REQUIRED_WORDS[decision.required],
      followedLabel: PROCEDURE_WORDS[decision.followed],
    },
    checks,
    verdict: gravest(checks),
  };
}
