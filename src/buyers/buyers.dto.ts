import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, IsUUID, Length } from 'class-validator';
import { PageQuery } from '../platform/http/pages.js';
import type { BuyerKind } from './buyer.rules.js';
import { EstablishmentShape, KIND, PopulationShape } from './buyer-requests.dto.js';
import { DeliverySiteAnswer } from './delivery-sites.dto.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';

const SEARCHED = {
  example: 'saint ouen',
  maxLength: 100,
  description:
    'Mots d’un nom (accents, œ, apostrophes, traits d’union et «\u00a0St\u00a0» indifférents), ou début d’un code INSEE, d’un SIREN ou d’un SIRET. Les communes absorbées se trouvent sous leur ancien nom et leur ancien code.',
} as const;

export class BuyerQuery extends PageQuery {
  @ApiPropertyOptional(SEARCHED)
  @MayBeAbsent()
  @IsString()
  @Length(1, 100)
  q?: string;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'Seulement les membres de ce pôle.',
    example: '0199f3a4-5b6c-7d8e-9f01-23456789abce',
  })
  @MayBeAbsent()
  @IsUUID()
  clusterId?: string;
}

export class ReferenceQuery extends PageQuery {
  @ApiProperty(SEARCHED)
  @IsString()
  @Length(1, 100)
  q: string;
}

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;
const INSEE = {
  type: 'string',
  nullable: true,
  example: '53007',
  description: 'Code INSEE d’une commune\u00a0; null pour un EPCI, un CCAS, un syndicat.',
} as const;
const NEXT = {
  type: 'string',
  nullable: true,
  example: null,
  description: 'Curseur de la page suivante\u00a0; null sur la dernière.',
} as const;

/** A buyer in a list. */
export class BuyerLineAnswer {
  @ApiProperty(ID)
  id: string;
  @ApiProperty({
    type: 'string',
    nullable: true,
    example: '21530007000012',
    description: 'SIRET du siège, 14\u00a0chiffres\u00a0; null tant que seul le SIREN est connu.',
  })
  siret: string | null;
  @ApiProperty({ description: 'SIREN, 9\u00a0chiffres.', example: '215300070' })
  siren: string;
  @ApiProperty(INSEE)
  inseeCode: string | null;
  @ApiProperty({ description: 'Nom.', example: 'Argentré' })
  name: string;
  @ApiProperty(KIND)
  kind: BuyerKind;
}

export class BuyerPage {
  @ApiProperty({ type: [BuyerLineAnswer] })
  items: readonly BuyerLineAnswer[];
  @ApiProperty(NEXT)
  next: string | null;
}

export class FormerCodeAnswer {
  @ApiProperty({ description: 'Code INSEE absorbé, ou porté auparavant.', example: '53194' })
  inseeCode: string;
  @ApiProperty({
    type: 'string',
    nullable: true,
    example: 'Ruillé-le-Gravelais',
    description: 'Nom de cette commune, quand le référentiel le donne.',
  })
  name: string | null;
}

export class BuyerClusterAnswer {
  @ApiProperty(ID)
  id: string;
  @ApiProperty({ description: 'Nom du pôle.', example: 'Pôle de Loiron' })
  name: string;
}

/** A buyer, whole. */
export class BuyerAnswer extends BuyerLineAnswer {
  @ApiProperty({
    description:
      'Personne privée\u00a0: elle a déclaré appliquer le code à ce qu’elle achète dans le groupement.',
    example: false,
  })
  appliesCode: boolean;
  @ApiProperty({
    type: [EstablishmentShape],
    description: 'Ses SIRET, un par budget, avec ce que Chorus Pro demande.',
  })
  establishments: readonly EstablishmentShape[];
  @ApiProperty({ type: [PopulationShape], description: 'Ses populations, la plus récente d’abord.' })
  populations: readonly PopulationShape[];
  @ApiProperty({ type: [FormerCodeAnswer], description: 'Codes INSEE des communes absorbées.' })
  formerCodes: readonly FormerCodeAnswer[];
  @ApiProperty({ type: [DeliverySiteAnswer], description: 'Où il se fait livrer.' })
  deliverySites: readonly DeliverySiteAnswer[];
  @ApiProperty({ type: [BuyerClusterAnswer], description: 'Les pôles de proximité dont il est membre.' })
  clusters: readonly BuyerClusterAnswer[];
  @ApiProperty({ type: 'integer', description: 'Version, celle de l’ETag.', example: 1 })
  version: number;
}

export class ReferencePopulations {
  @ApiProperty({ type: 'integer', description: 'Population municipale.', example: 2908 })
  municipale: number;
  @ApiProperty({ type: 'integer', description: 'Population totale.', example: 2980 })
  totale: number;
}

/** A commune or an EPCI of the national reference. */
export class ReferenceLineAnswer {
  @ApiProperty({ description: 'SIREN, 9\u00a0chiffres.', example: '215300070' })
  siren: string;
  @ApiProperty(INSEE)
  inseeCode: string | null;
  @ApiProperty({ description: 'Nom.', example: 'Argentré' })
  name: string;
  @ApiProperty(KIND)
  kind: BuyerKind;
  @ApiProperty({
    type: 'string',
    nullable: true,
    example: '200083392',
    description: 'SIREN de l’EPCI d’une commune.',
  })
  epci: string | null;
  @ApiProperty({ type: [FormerCodeAnswer], description: 'Codes INSEE des communes absorbées.' })
  formerCodes: readonly FormerCodeAnswer[];
  @ApiProperty({
    type: ReferencePopulations,
    example: { municipale: 2908, totale: 2980 },
    nullable: true,
    description: 'Habitants\u00a0; null pour les quatre communes hors de tout EPCI.',
  })
  populations: ReferencePopulations | null;
  @ApiProperty({
    type: 'string',
    nullable: true,
    ...ID,
    description: 'Identifiant de l’acheteur enregistré sous ce SIREN\u00a0; null s’il n’y en a pas.',
  })
  buyerId: string | null;
}

export class ReferencePage {
  @ApiProperty({ type: 'integer', description: 'Édition du référentiel.', example: 2026 })
  edition: number;
  @ApiProperty({
    description: 'Source des populations.',
    example: 'INSEE, par la liste des EPCI à fiscalité propre 2026 de la DGCL, millésime non indiqué',
  })
  populationSource: string;
  @ApiProperty({ type: [ReferenceLineAnswer] })
  items: readonly ReferenceLineAnswer[];
  @ApiProperty(NEXT)
  next: string | null;
}

export class ImportedBuyerAnswer {
  @ApiProperty(ID)
  id: string;
  @ApiProperty({ description: 'SIREN.', example: '215300070' })
  siren: string;
  @ApiProperty(INSEE)
  inseeCode: string | null;
  @ApiProperty({ description: 'Nom.', example: 'Argentré' })
  name: string;
}

export class OtherNameAnswer extends ImportedBuyerAnswer {
  @ApiProperty({ description: 'Nom au référentiel.', example: 'CA Laval Agglomération' })
  nationalName: string;
}

export class SkippedEntryAnswer {
  @ApiProperty({ description: 'SIREN.', example: '200055705' })
  siren: string;
  @ApiProperty(INSEE)
  inseeCode: string | null;
  @ApiProperty({ description: 'Nom au référentiel.', example: 'Loiron-Ruillé' })
  name: string;
  @ApiProperty({
    type: [ImportedBuyerAnswer],
    description: 'Les acheteurs enregistrés entre lesquels choisir.',
  })
  others: readonly ImportedBuyerAnswer[];
}

export class BuyerImportAnswer {
  @ApiProperty({
    type: [ImportedBuyerAnswer],
    description: 'Enregistrés\u00a0: leur SIRET reste à compléter.',
  })
  created: readonly ImportedBuyerAnswer[];
  @ApiProperty({
    type: [ImportedBuyerAnswer],
    description: 'Complétés\u00a0: nature, code INSEE, codes absorbés, populations.',
  })
  updated: readonly ImportedBuyerAnswer[];
  @ApiProperty({ type: [ImportedBuyerAnswer], description: 'Déjà à jour.' })
  left: readonly ImportedBuyerAnswer[];
  @ApiProperty({
    type: [OtherNameAnswer],
    description: 'Ceux qui portent ici un autre nom\u00a0: il est gardé.',
  })
  otherNames: readonly OtherNameAnswer[];
  @ApiProperty({
    type: [SkippedEntryAnswer],
    description: 'Non repris\u00a0: un autre acheteur porte ce code INSEE, ou plusieurs ce SIREN.',
  })
  skipped: readonly SkippedEntryAnswer[];
}
