import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, Matches, ValidateBy } from 'class-validator';
import { isPlainDate } from '../calendar/plain-date.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';
import { OptionalText, ShortText } from '../platform/http/amount.decorators.js';

const IsParisMinute = (): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isParisMinute',
      validator: {
        validate: (value: unknown) => {
          if (typeof value !== 'string') return false;
          const [, date, hour] = /^(\d{4}-\d{2}-\d{2})T(\d{2}):[0-5]\d$/.exec(value) ?? [];
          return date !== undefined && isPlainDate(date) && Number(hour) < 24;
        },
      },
    },
    { message: 'Une date et une heure sont attendues, à l’heure de Paris\u00a0: "2026-12-15T17:00".' },
  );

export class DeadlineRequest {
  @ApiProperty({
    description: 'Dernier instant pour transmettre, à l’heure de Paris\u00a0: AAAA-MM-JJTHH:MM.',
    example: '2026-12-15T17:00',
  })
  @IsParisMinute()
  deadline: string;
}

export class NeedSettingsRequest {
  @ApiProperty({ description: 'Si ce que les membres transmettent attend leur valideur.', example: true })
  @IsBoolean()
  validationRequired: boolean;
}

export class TransmissionRequest {
  @ApiProperty({ description: '«\u00a0J’atteste avoir l’accord du maire\u00a0».', example: true })
  @IsBoolean()
  attested: boolean;
}

export class ReasonRequest {
  @ApiProperty({ description: 'Pourquoi.', example: 'erreur d’unité sur le sel en sacs', maxLength: 500 })
  @ShortText(500)
  reason: string;
}

export class DecisionRequest {
  @ApiProperty({ description: 'Si la déclaration tardive ou rectifiée est acceptée.', example: true })
  @IsBoolean()
  accepted: boolean;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    description: 'Pourquoi\u00a0; nécessaire pour un refus.',
    example: null,
    maxLength: 500,
  })
  @OptionalText(500)
  reason: string | null = null;
}

export class DifferencesQuery {
  @ApiPropertyOptional({
    description: 'Version à laquelle comparer\u00a0; absente\u00a0: celle d’avant.',
    example: '1',
  })
  @MayBeAbsent()
  @Matches(/^[1-9]\d{0,5}$/, { message: 'Un numéro de version est attendu\u00a0: 1, 2…' })
  since?: string;
}
