import { CheckAnswer } from '../platform/http/check.dto.js';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length, MaxLength } from 'class-validator';
import type { PlainDate } from '../calendar/plain-date.js';
import { type Verdict, VERDICTS } from '../law/check.js';
import { IsPlainDate } from '../platform/http/plain-date.decorator.js';
import { OneLine, SeveralLines } from '../platform/http/one-line.decorator.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;
const day = (description: string, example: string) =>
  ({ type: 'string', format: 'date', description, example }) as const;

export class AgreementVersionRequest {
  @ApiProperty({
    description: 'Intitulé.',
    example: 'Convention constitutive du 15 avril 2026',
    minLength: 1,
    maxLength: 200,
  })
  @OneLine()
  @IsString()
  @Length(1, 200)
  label: string;

  @ApiPropertyOptional({
    description: 'Ce qu’elle dit, ou ce que l’avenant change.',
    example: 'Membres, missions du coordonnateur, frais, adhésion et retrait.',
    maxLength: 5000,
  })
  @MayBeAbsent()
  @SeveralLines()
  @IsString()
  @MaxLength(5000)
  summary?: string;

  @ApiProperty(day('Date de son adoption, passée. Un avenant ne précède pas ce qu’il modifie.', '2026-04-15'))
  @IsPlainDate()
  adoptedOn: PlainDate;
}

export class SignatureRequest {
  @ApiProperty(day('Date de la signature, passée.', '2026-07-02'))
  @IsPlainDate()
  signedOn: PlainDate;

  @ApiProperty({ description: 'Prénom et nom de qui a signé.', example: 'Claire Martin', maxLength: 120 })
  @OneLine()
  @IsString()
  @Length(1, 120)
  signatoryName: string;

  @ApiProperty({
    description: 'À quel titre.',
    example: 'maire, autorisée par délibération 2026-06-017',
    maxLength: 200,
  })
  @OneLine()
  @IsString()
  @Length(1, 200)
  signatoryCapacity: string;
}

export class SignatureAnswer {
  @ApiProperty({ ...ID, description: 'Membre.' })
  buyerId: string;
  @ApiProperty({ description: 'Son nom.', example: 'Argentré' })
  name: string;
  @ApiProperty(day('Date de la signature.', '2026-07-02'))
  signedOn: PlainDate;
  @ApiProperty({ description: 'Qui a signé.', example: 'Claire Martin' })
  signatoryName: string;
  @ApiProperty({ description: 'À quel titre.', example: 'maire' })
  signatoryCapacity: string;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    description: 'Quand la signature a été enregistrée.',
    example: '2026-07-03T08:30:00.000Z',
  })
  recordedAt: string;
}

export class NamedBuyer {
  @ApiProperty({ ...ID, description: 'Membre.' })
  buyerId: string;
  @ApiProperty({ description: 'Son nom.', example: 'Argentré' })
  name: string;
}

export class AgreementVersionAnswer {
  @ApiProperty({
    type: 'integer',
    description: '1\u00a0: la convention\u00a0; puis ses avenants.',
    example: 1,
  })
  number: number;
  @ApiProperty({ description: 'Intitulé.', example: 'Convention constitutive du 15 avril 2026' })
  label: string;
  @ApiProperty({ description: 'Ce qu’elle dit.', example: 'Membres, missions, frais, adhésion et retrait.' })
  summary: string;
  @ApiProperty(day('Date de son adoption.', '2026-04-15'))
  adoptedOn: PlainDate;
  @ApiProperty({ type: [SignatureAnswer] })
  signatures: SignatureAnswer[];
  @ApiProperty({
    type: [NamedBuyer],
    description: 'Membres qui n’ont signé ni cette version ni une suivante.',
  })
  missing: NamedBuyer[];
}

export class AgreementAnswer {
  @ApiProperty({ type: [AgreementVersionAnswer] })
  versions: AgreementVersionAnswer[];
}

export class AdoptedAnswer {
  @ApiProperty({ type: 'integer', description: 'Numéro de la version enregistrée.', example: 1 })
  number: number;
}

const VERDICT = {
  enum: VERDICTS,
  enumName: 'Verdict',
  description: 'ok\u00a0: vérifié\u00a0; warn\u00a0: à regarder\u00a0; block\u00a0: empêche de publier.',
  example: 'ok',
} as const;

export class LeftOutAnswer extends NamedBuyer {
  @ApiProperty({
    enum: ['signature', 'decision', 'enforceable'],
    enumName: 'MissingForLaunch',
    isArray: true,
    description: 'Ce qui manque\u00a0: signature, décision, caractère exécutoire.',
    example: ['signature'],
  })
  missing: readonly ('signature' | 'decision' | 'enforceable')[];
}

export class LaunchOfferAnswer {
  @ApiProperty(VERDICT)
  verdict: Verdict;
  @ApiProperty({ type: [String], format: 'uuid', description: 'Avec qui.', example: [ID.example] })
  buyerIds: string[];
  @ApiProperty({ type: [LeftOutAnswer], description: 'Sans qui.' })
  leftOut: readonly LeftOutAnswer[];
  @ApiProperty({ type: [CheckAnswer] })
  checks: CheckAnswer[];
}

export class LaunchReadinessAnswer {
  @ApiProperty(VERDICT)
  verdict: Verdict;
  @ApiProperty({ type: [CheckAnswer], description: 'Avec tous les membres.' })
  checks: CheckAnswer[];
  @ApiProperty({
    type: LaunchOfferAnswer,
    nullable: true,
    example: null,
    description: '«\u00a0Publier sans les non-signataires\u00a0»\u00a0; null s’il ne manque rien à personne.',
  })
  withoutNonSignatories: LaunchOfferAnswer | null;
}
