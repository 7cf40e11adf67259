import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsUUID,
  ValidateNested,
} from 'class-validator';
import { CheckAnswer } from '../platform/http/check.dto.js';
import { COMMITTEE_KINDS, type CommitteeKind } from './committee.rules.js';
import { type Mission, MISSIONS, type PaidBy } from './missions.rules.js';

const BUYER = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abce' } as const;
const MISSION = {
  enum: MISSIONS,
  enumName: 'Mission',
  description: 'Mission que la convention confie.',
  example: 'passation',
} as const;
const VERSION = {
  type: 'integer',
  description: 'Version, celle de l’ETag\u00a0; 0 tant que rien n’est choisi.',
  example: 1,
} as const;
const CHOSEN = { description: 'Faux\u00a0: ce qui vaut par défaut.', example: true };
const KIND = {
  enum: COMMITTEE_KINDS,
  enumName: 'CommitteeKind',
  description:
    '«\u00a0coordinator\u00a0»\u00a0: celle du coordonnateur\u00a0; «\u00a0elected\u00a0»\u00a0: propre au groupement.',
  example: 'elected',
} as const;
const CASTING_VOTE = {
  description: 'Si la voix du président est prépondérante en cas de partage.',
  example: false,
};

export class MissionRequest {
  @ApiProperty(MISSION)
  @IsIn(MISSIONS)
  mission: Mission;

  @ApiProperty({
    type: [String],
    format: 'uuid',
    minItems: 1,
    maxItems: 500,
    description: 'Qui l’assure au nom des autres\u00a0: le coordonnateur ou des membres.',
    example: [BUYER.example],
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  buyerIds: string[];
}

export class MissionsRequest {
  @ApiProperty({
    type: [MissionRequest],
    maxItems: 5,
    description:
      'Une mission absente est assurée par chaque membre\u00a0; la passation, elle, est toujours confiée.',
  })
  @IsArray()
  @ArrayMaxSize(5)
  @ArrayUnique((one: MissionRequest | null) => one?.mission, {
    message: 'Chaque mission ne figure qu’une fois\u00a0: y réunir ceux qui l’assurent.',
  })
  @ValidateNested({ each: true })
  @Type(() => MissionRequest)
  missions: MissionRequest[];
}

export class PartyAnswer {
  @ApiProperty(BUYER)
  buyerId: string;
  @ApiProperty({ description: 'Nom.', example: 'Laval Agglomération' })
  name: string;
}

export class HeldMissionAnswer {
  @ApiProperty(MISSION)
  mission: Mission;
  @ApiProperty({ type: [PartyAnswer], description: 'Qui l’assure au nom des autres.' })
  holders: readonly PartyAnswer[];
}

export class OperationAnswer extends HeldMissionAnswer {
  @ApiProperty({ description: 'Article.', example: 'CCP L2113-7' })
  article: string;
  @ApiProperty({
    description: 'Qui en répond.',
    example:
      'Laval Agglomération assure la notification au nom et pour le compte de tous les membres\u00a0: ils en sont solidairement responsables.',
  })
  sentence: string;
}

export class MissionsAnswer {
  @ApiProperty(VERSION)
  version: number;
  @ApiProperty(CHOSEN)
  chosen: boolean;
  @ApiProperty({ type: [HeldMissionAnswer], description: 'Missions confiées.' })
  missions: readonly HeldMissionAnswer[];
  @ApiProperty({
    enum: ['each_member', 'coordinator', 'other_member'] satisfies PaidBy[],
    description:
      'Qui paie le titulaire\u00a0: chaque membre, sauf si le paiement est confié au coordonnateur ou à un autre membre.',
    example: 'each_member',
  })
  paidBy: PaidBy;
  @ApiProperty({
    type: [OperationAnswer],
    description: 'Opérations menées au nom des membres, qui en sont solidairement responsables.',
  })
  joint: readonly OperationAnswer[];
  @ApiProperty({ type: [OperationAnswer], description: 'Opérations que chaque membre mène seul.' })
  alone: readonly OperationAnswer[];
  @ApiProperty({ type: [CheckAnswer], description: 'Ce qui demande un regard.' })
  checks: readonly CheckAnswer[];
}

export class CommitteeRequest {
  @ApiProperty(KIND)
  @IsIn(COMMITTEE_KINDS)
  kind: CommitteeKind;

  @ApiProperty(CASTING_VOTE)
  @IsBoolean()
  castingVote: boolean;
}

export class SeatAnswer extends PartyAnswer {
  @ApiProperty({ description: 'Si son représentant préside.', example: true })
  chairs: boolean;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Membres à voix délibérative\u00a0; null s’il n’est pas établi.',
    example: 1,
  })
  voting: number | null;
  @ApiProperty({
    description: 'D’où il vient.',
    example:
      'Argentré\u00a0: un représentant élu parmi les membres à voix délibérative de sa commission d’appel d’offres (le maire et 3 membres élus, à vérifier).',
  })
  sentence: string;
}

export class CommitteeAnswer {
  @ApiProperty(VERSION)
  version: number;
  @ApiProperty(CHOSEN)
  chosen: boolean;
  @ApiProperty(KIND)
  kind: CommitteeKind;
  @ApiProperty(CASTING_VOTE)
  castingVote: boolean;
  @ApiProperty({ type: [SeatAnswer], description: 'Qui siège, avec voix délibérative.' })
  seats: readonly SeatAnswer[];
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Voix délibératives\u00a0; null si leur nombre n’est pas établi.',
    example: 33,
  })
  voting: number | null;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Présents nécessaires à la première réunion\u00a0; null s’il n’est pas établi.',
    example: 17,
  })
  quorum: number | null;
  @ApiProperty({ type: [CheckAnswer], description: 'Les règles, et ce qui reste à vérifier.' })
  checks: readonly CheckAnswer[];
}
