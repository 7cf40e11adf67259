import { ApiProperty } from '@nestjs/swagger';
import { CAMPAIGN_STATES, type CampaignState } from './campaign.rules.js';
import {
  DECLARATION_STATES,
  type DeclarationState,
  VERSION_KINDS,
  type VersionKind,
} from './declaration.rules.js';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;
const text = (description: string, example: string) => ({ description, example }) as const;
const maybe = (description: string, example: string | null) =>
  ({ type: 'string', nullable: true, description, example }) as const;
const instant = (description: string, example: string | null) =>
  ({ type: 'string', format: 'date-time', nullable: true, description, example }) as const;
const count = (description: string, example: number) => ({ type: 'integer', description, example }) as const;

export class CampaignAnswer {
  @ApiProperty({ ...ID, description: 'Consultation.' })
  consultationId: string;
  @ApiProperty({
    enum: CAMPAIGN_STATES,
    description: 'Ouvert\u00a0; échéance passée\u00a0; clos.',
    example: 'open',
  })
  state: CampaignState;
  @ApiProperty({ ...instant('Ouverture.', '2026-11-26T08:00:00.000Z'), nullable: false })
  openedAt: Date;
  @ApiProperty({
    ...instant('Dernier instant pour transmettre.', '2026-12-15T16:00:00.000Z'),
    nullable: false,
  })
  deadline: Date;
  @ApiProperty(text('La même, en clair.', 'mardi 15 décembre 2026 à 17 h 00 (heure de Paris)'))
  deadlineText: string;
  @ApiProperty(instant('Clôture.', null))
  closedAt: Date | null;
  @ApiProperty({ description: 'Si ce qui est transmis attend le valideur de la commune.', example: false })
  validationRequired: boolean;
  @ApiProperty(count('Version, celle de l’ETag.', 1))
  version: number;
}

export class SilentAnswer {
  @ApiProperty({ ...ID, description: 'Acheteur.' })
  buyerId: string;
  @ApiProperty(text('Nom de l’acheteur.', 'Argentré'))
  buyerName: string;
  @ApiProperty({ ...ID, description: 'Lot.' })
  lotId: string;
  @ApiProperty(count('Numéro du lot.', 1))
  lotNumber: number;
}

export class ClosureAnswer {
  @ApiProperty({
    type: [SilentAnswer],
    description:
      'Qui sort de quels lots\u00a0: rien n’y compte de lui. Le silence n’est ni un zéro, ni le chiffre de l’an passé.',
  })
  excluded: readonly SilentAnswer[];
}

export class NeedSettingsAnswer {
  @ApiProperty({ description: 'Si ce que les membres transmettent attend leur valideur.', example: false })
  validationRequired: boolean;
  @ApiProperty(count('Version, celle de l’ETag\u00a0; 0 tant que rien n’est choisi.', 0))
  version: number;
}

export class VersionAnswer {
  @ApiProperty(count('Numéro de la version, à partir de 1.', 1))
  number: number;
  @ApiProperty({
    enum: VERSION_KINDS,
    description: 'Dans les temps, tardive, rectifiée, ou consolidée d’après un fichier.',
    example: 'transmission',
  })
  kind: VersionKind;
  @ApiProperty(text('Numéro de l’accusé de réception.', 'AR-2026-000123'))
  receipt: string;
  @ApiProperty(
    text('Empreinte SHA-256 du contenu.', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'),
  )
  sha256: string;
  @ApiProperty({ ...instant('Transmission.', '2026-12-10T09:12:00.000Z'), nullable: false })
  transmittedAt: Date;
  @ApiProperty({ ...ID, type: 'string', nullable: true, description: 'Par qui.' })
  transmittedBy: string | null;
  @ApiProperty(text('Par quelle voie\u00a0: page, api, import, delegation…', 'page'))
  channel: string;
  @ApiProperty(maybe('Raison d’une déclaration tardive ou rectifiée.', null))
  reason: string | null;
  @ApiProperty(instant('Validation par la commune.', null))
  validatedAt: Date | null;
  @ApiProperty({
    type: 'boolean',
    nullable: true,
    description: 'Décision du coordonnateur sur ce qui vient après l’échéance.',
    example: null,
  })
  accepted: boolean | null;
  @ApiProperty(instant('Quand il l’a prise.', null))
  decidedAt: Date | null;
  @ApiProperty(maybe('Raison de sa décision.', null))
  decisionReason: string | null;
  @ApiProperty(instant('Contestation par la commune.', null))
  contestedAt: Date | null;
  @ApiProperty(maybe('Raison de la contestation.', null))
  contestReason: string | null;
}

export class DeclarationSummary {
  @ApiProperty({ ...ID, description: 'Acheteur.' })
  buyerId: string;
  @ApiProperty(text('Nom de l’acheteur.', 'Argentré'))
  buyerName: string;
  @ApiProperty({ enum: DECLARATION_STATES, description: 'Où elle en est.', example: 'draft' })
  state: DeclarationState;
  @ApiProperty(count('Lots rejoints.', 3))
  lots: number;
  @ApiProperty(count('Lots où une réponse est saisie.', 2))
  lotsAnswered: number;
  @ApiProperty({ description: 'Si quelque chose en compte.', example: false })
  counted: boolean;
  @ApiProperty({ type: VersionAnswer, nullable: true, description: 'Dernière version transmise.' })
  latest: VersionAnswer | null;
}

export class DeclarationList {
  @ApiProperty({ type: [DeclarationSummary], description: 'Par nom.' })
  declarations: readonly DeclarationSummary[];
}

export class LotAnswerAnswer {
  @ApiProperty({ ...ID, description: 'Lot.' })
  lotId: string;
  @ApiProperty(count('Numéro.', 1))
  number: number;
  @ApiProperty(text('Intitulé.', 'Sel de déneigement'))
  title: string;
  @ApiProperty({ description: '«\u00a0Aucun besoin\u00a0».', example: false })
  noNeed: boolean;
  @ApiProperty({ ...maybe('Fin du contrat en cours.', '2027-06-30'), format: 'date' })
  contractEndsOn: string | null;
  @ApiProperty({ ...count('Préavis du contrat en cours, en mois.', 3), nullable: true })
  noticeMonths: number | null;
  @ApiProperty(count('Articles du lot.', 12))
  items: number;
  @ApiProperty(count('Articles renseignés, zéros compris.', 9))
  answered: number;
  @ApiProperty(count('Version, celle de l’ETag\u00a0; 0 tant que rien n’est répondu.', 0))
  version: number;
}

export class LineAnswer {
  @ApiProperty({ ...ID, description: 'Article.' })
  itemId: string;
  @ApiProperty({ ...ID, description: 'Lot.' })
  lotId: string;
  @ApiProperty(text('Code.', 'VH-002'))
  code: string;
  @ApiProperty(text('Désignation.', 'Sel de déneigement, sac de 25\u00a0kg'))
  designation: string;
  @ApiProperty(text('Unité.', 'sac'))
  unit: string;
  @ApiProperty(text('Nombre d’unités par lot de vente.', '40'))
  packaging: string;
  @ApiProperty(text('Prix unitaire estimé HT, en euros.', '6.15'))
  unitPrice: string;
  @ApiProperty(text('Taux de TVA, en pour cent.', '20'))
  vatRate: string;
  @ApiProperty(maybe('Quantité de l’an passé.', '110'))
  lastYear: string | null;
  @ApiProperty(maybe('Besoin par an\u00a0; null\u00a0: rien n’est dit.', '120'))
  estimate: string | null;
  @ApiProperty(maybe('Minimum par an.', null))
  minimum: string | null;
  @ApiProperty(maybe('Maximum par an.', null))
  maximum: string | null;
  @ApiProperty({ ...ID, type: 'string', nullable: true, description: 'Lieu de livraison.', example: null })
  deliverySiteId: string | null;
  @ApiProperty(maybe('Dernier prix unitaire payé HT.', '6.40'))
  lastPrice: string | null;
  @ApiProperty(maybe('Quantité conservée hors du groupement, par an.', null))
  keptOutside: string | null;
  @ApiProperty(maybe('Pourquoi.', null))
  keptOutsideReason: string | null;
  @ApiProperty(maybe('Note.', null))
  note: string | null;
  @ApiProperty(count('Version de la ligne, à rendre avec la suivante.', 0))
  version: number;
}

export class LineList {
  @ApiProperty({ type: [LineAnswer], description: 'Dans l’ordre demandé.' })
  lines: readonly LineAnswer[];
}

export class LotAnswerList {
  @ApiProperty({ type: [LotAnswerAnswer], description: 'Lot par lot.' })
  lots: readonly LotAnswerAnswer[];
}

export class DeclarationAnswer extends DeclarationSummary {
  @ApiProperty({ type: CampaignAnswer, description: 'Recensement.' })
  campaign: CampaignAnswer;
  @ApiProperty({ description: 'Si une déclaration rectifiée ou tardive est ouverte.', example: false })
  rectificationOpen: boolean;
  @ApiProperty(maybe('Sa raison.', null))
  rectificationReason: string | null;
  @ApiProperty({ type: [LotAnswerAnswer], description: 'Lots rejoints, par numéro.' })
  lotAnswers: readonly LotAnswerAnswer[];
  @ApiProperty({ type: [LineAnswer], description: 'Articles des lots rejoints.' })
  lines: readonly LineAnswer[];
}

export class VersionList {
  @ApiProperty({ type: [VersionAnswer], description: 'La dernière d’abord.' })
  versions: readonly VersionAnswer[];
}

export class LineDifferenceAnswer {
  @ApiProperty({ ...ID, description: 'Article.' })
  itemId: string;
  @ApiProperty(text('Code.', 'VH-002'))
  code: string;
  @ApiProperty(maybe('Désignation\u00a0; null si l’article n’est plus au bordereau.', 'Sel de déneigement'))
  designation: string | null;
  @ApiProperty(maybe('Unité.', 'sac'))
  unit: string | null;
  @ApiProperty(maybe('Avant\u00a0; null\u00a0: rien n’était dit.', '110'))
  before: string | null;
  @ApiProperty(maybe('Après.', '120 min 100'))
  after: string | null;
}

export class DifferencesAnswer {
  @ApiProperty({
    type: [LineDifferenceAnswer],
    description: 'Lignes dont les quantités diffèrent, par code.',
  })
  lines: readonly LineDifferenceAnswer[];
}
