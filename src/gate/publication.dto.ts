import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import type { PlainDate } from '../calendar/plain-date.js';
import { CONSULTATION_STATES, type ConsultationState } from '../consultations/consultation.rules.js';
import { type Verdict, VERDICTS } from '../law/check.js';
import { CheckedMember, CheckList, ListedCheckAnswer } from '../procedure/checks.dto.js';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;
const VERDICT = { enum: VERDICTS, enumName: 'Verdict', example: 'block' } as const;
const DAY = { type: 'string', format: 'date', example: '2027-02-01' } as const;

export class PublicationRequest {
  @ApiProperty({
    description:
      'Vrai\u00a0: «\u00a0publier sans les non-signataires\u00a0». Leurs bulletins et leurs besoins quittent la consultation\u00a0; ils restent membres du groupement.',
    example: false,
  })
  @IsBoolean()
  withoutNonSignatories: boolean;
}

export class BlockingRuleAnswer {
  @ApiProperty({ type: 'integer', description: 'De 1 à 16.', example: 1 })
  number: number;
  @ApiProperty({ description: 'Code de la règle bloquante.', example: 'SIGNED_BY_ALL' })
  code: string;
  @ApiProperty({ description: 'Article.', example: 'CCP L2113-7' })
  article: string;
  @ApiProperty({
    description: 'Ce qu’elle demande.',
    example: 'Chaque membre a signé la convention constitutive avant la publication.',
  })
  asks: string;
  @ApiProperty({ ...VERDICT, description: 'Le plus grave de ses réponses.' })
  verdict: Verdict;
  @ApiProperty({ type: [ListedCheckAnswer], description: 'Ce que les contrôles en disent, un au moins.' })
  answers: readonly ListedCheckAnswer[];
}

export class CauseAnswer {
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Numéro de la règle bloquante\u00a0; null\u00a0: une autre obligation.',
    example: 1,
  })
  number: number | null;
  @ApiProperty({ description: 'Code du contrôle.', example: 'AGREEMENT_SIGNED' })
  rule: string;
  @ApiProperty({ description: 'Article.', example: 'CCP L2113-7' })
  article: string;
  @ApiProperty({
    description: 'Ce qui manque, et ce qu’il faut faire.',
    example:
      'N’ont pas signé la dernière version de la convention\u00a0: Changé. Recueillir leur signature, ou «\u00a0publier sans les non-signataires\u00a0».',
  })
  sentence: string;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Numéro du lot\u00a0; null\u00a0: toute la consultation.',
    example: null,
  })
  lotNumber: number | null;
  @ApiProperty({
    type: CheckedMember,
    nullable: true,
    description: 'Le seul membre dont il s’agit.',
    example: null,
  })
  member: CheckedMember | null;
}

export class LeftLot {
  @ApiProperty({ ...ID, description: 'Identifiant du lot.' })
  id: string;
  @ApiProperty({ type: 'integer', description: 'Numéro.', example: 6 })
  number: number;
  @ApiProperty({ description: 'Intitulé.', example: 'Végétaux' })
  title: string;
}

const MISSING = ['signature', 'decision', 'enforceable'];

export class DroppedMember {
  @ApiProperty({ ...ID, description: 'Identifiant du membre.' })
  buyerId: string;
  @ApiProperty({ description: 'Nom.', example: 'Changé' })
  name: string;
  @ApiProperty({
    enum: MISSING,
    isArray: true,
    description: 'Ce qui lui manque\u00a0: signature, décision, caractère exécutoire de celle-ci.',
    example: ['signature'],
  })
  missing: readonly string[];
  @ApiProperty({ type: [LeftLot], description: 'Lots qu’il quitterait.' })
  lots: readonly LeftLot[];
  @ApiProperty({ type: 'integer', description: 'Combien de ses besoins disparaîtraient.', example: 14 })
  needs: number;
}

export class WouldDrop {
  @ApiProperty({ type: [DroppedMember], description: 'Par nom.' })
  members: readonly DroppedMember[];
  @ApiProperty({
    type: 'integer',
    isArray: true,
    description: 'Numéros des lots qui n’auraient plus aucun membre.',
    example: [],
  })
  emptiedLots: readonly number[];
  @ApiProperty({
    description:
      'Publier ainsi passerait, pour ce qui est des membres, des signatures, des décisions et de ce qui reste dans les lots.',
    example: true,
  })
  passes: boolean;
  @ApiProperty({ type: [CauseAnswer], description: 'Ce qui, de cela, l’empêcherait encore.', example: [] })
  causes: readonly CauseAnswer[];
}

export class ControlAnswer {
  @ApiProperty({ ...DAY, description: 'Jour pour lequel le droit est demandé.' })
  on: PlainDate;
  @ApiProperty({
    enum: ['launch', 'planned', 'today'],
    description:
      'Ce jour est celui du lancement prévu ou, à défaut, aujourd’hui. La publication, elle, applique le droit du jour où elle est faite.',
    example: 'planned',
  })
  dayIs: CheckList['dayIs'];
  @ApiProperty({ ...VERDICT, description: '«\u00a0block\u00a0»\u00a0: la publication serait refusée.' })
  verdict: Verdict;
  @ApiProperty({
    type: [BlockingRuleAnswer],
    description: 'Les 16\u00a0règles bloquantes, chacune avec sa réponse.',
  })
  rules: readonly BlockingRuleAnswer[];
  @ApiProperty({
    type: [ListedCheckAnswer],
    description: 'Ce qui, hors de ces règles, bloque ou demande un regard.',
  })
  others: readonly ListedCheckAnswer[];
  @ApiProperty({ type: [CauseAnswer], description: 'Tout ce qui bloque, à la fois.' })
  causes: readonly CauseAnswer[];
  @ApiProperty({
    type: WouldDrop,
    description: 'Ce que «\u00a0publier sans les non-signataires\u00a0» écarterait.',
  })
  wouldDrop: WouldDrop;
}

export class PublishedAnswer {
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    description: 'Publication.',
    example: '2027-02-01T08:00:00.000Z',
  })
  publishedAt: Date;
  @ApiProperty({ ...DAY, description: 'Jour, à Paris, dont le droit est appliqué (CCP R2121-3).' })
  lawOn: PlainDate;
  @ApiProperty({
    description: 'Empreinte SHA-256 de ce qui est figé.',
    pattern: '^[0-9a-f]{64}$',
    example: '3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea',
  })
  sha256: string;
  @ApiProperty({ type: 'integer', description: 'Membres avec lesquels elle est publiée.', example: 31 })
  members: number;
  @ApiProperty({
    description: 'Tout tient\u00a0: l’empreinte, la consultation, les besoins et le groupement.',
    example: true,
  })
  intact: boolean;
  @ApiProperty({ description: 'L’empreinte, recalculée, est bien celle-ci.', example: true })
  hashHolds: boolean;
  @ApiProperty({ description: 'La consultation, relue, est bien ce qui a été publié.', example: true })
  contentHolds: boolean;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description:
      'Empreinte SHA-256 des besoins figés (lignes, totaux par article, par lot et par membre)\u00a0; null pour ce qui a été publié avant qu’ils en aient une.',
    pattern: '^[0-9a-f]{64}$',
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  })
  needsSha256: string | null;
  @ApiProperty({
    description: 'Les besoins, additionnés à nouveau, donnent bien cette empreinte.',
    example: true,
  })
  needsHold: boolean;
  @ApiProperty({
    description:
      'Les membres, leurs décisions et leurs signatures, la convention et le coordonnateur sont ceux du lancement. Ce qui vient ensuite de régulier (avenants, retraits) n’y change rien.',
    example: true,
  })
  groupHolds: boolean;
}

export class PublicationAnswer {
  @ApiProperty({ ...ID, description: 'Identifiant de la consultation.' })
  consultationId: string;
  @ApiProperty({
    enum: CONSULTATION_STATES,
    enumName: 'ConsultationState',
    description: 'État.',
    example: 'launched',
  })
  state: ConsultationState;
  @ApiProperty({ type: 'integer', description: 'Version de la consultation, celle de l’ETag.', example: 1 })
  version: number;
  @ApiProperty({
    type: ControlAnswer,
    nullable: true,
    description:
      'Contrôle avant publication. Null une fois la consultation lancée ou sans suite, et pour qui ne peut lire tous les contrôles\u00a0: «\u00a0checks\u00a0» dit alors ceux qu’il peut lire.',
    example: null,
  })
  control: ControlAnswer | null;
  @ApiProperty({
    type: PublishedAnswer,
    nullable: true,
    description: 'Ce qui est publié\u00a0; null avant.',
    example: {
      publishedAt: '2027-02-01T08:00:00.000Z',
      lawOn: '2027-02-01',
      sha256: '3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea',
      members: 31,
      ...{ intact: true, hashHolds: true, contentHolds: true, needsHold: true, groupHolds: true },
      needsSha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    },
  })
  publication: PublishedAnswer | null;
}
