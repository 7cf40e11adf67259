import type { OpenAPIObject } from '@nestjs/swagger';
import { REFUSALS, type RefusalCode } from '../refusals/catalogue.js';
import { problemOf } from './problem.js';
import { Refused } from '../refusals/refused.js';

type Components = NonNullable<OpenAPIObject['components']>;
type Schema = NonNullable<Components['schemas']>[string];
type Responses = NonNullable<Components['responses']>;

const text = (description: string): Schema => ({ type: 'string', description });

/** The shapes of RFC 9457 with our members. */
export const PROBLEM_SCHEMAS: NonNullable<Components['schemas']> = {
  Fault: {
    type: 'object',
    description: 'Un endroit à corriger.',
    required: ['in', 'pointer', 'code', 'detail'],
    properties: {
      in: { type: 'string', enum: ['body', 'query', 'path'], description: 'Partie de la demande.' },
      pointer: text('Pointeur JSON (RFC\u00a06901), sous forme de fragment.'),
      code: text('Nom stable de la règle.'),
      detail: text('Phrase en français.'),
      row: {
        type: 'object',
        description:
          'Dans un fichier\u00a0: la ligne (1\u00a0: l’en-tête), la colonne, la valeur lue, et ce qu’il faut écrire.',
        properties: {
          line: {
            type: 'integer',
            nullable: true,
            description: 'Ligne\u00a0; null\u00a0: le fichier entier.',
          },
          column: text('Colonne, comme dans l’en-tête\u00a0; vide\u00a0: la ligne entière.'),
          value: text('Ce qui a été lu.'),
          correction: text('Ce qu’il faut écrire.'),
        },
      },
    },
  },
  Problem: {
    type: 'object',
    description: 'Refus (RFC\u00a09457), en français, avec un code stable.',
    required: ['type', 'code', 'title', 'status', 'detail', 'instance'],
    properties: {
      type: { type: 'string', format: 'uri', description: '`urn:halle:problem:` suivi du code.' },
      code: { type: 'string', enum: Object.keys(REFUSALS), description: 'Code stable.' },
      title: text('Titre court.'),
      status: { type: 'integer', description: 'Statut HTTP.' },
      detail: text('Ce qui s’est passé, et que faire.'),
      instance: text('Chemin de la demande.'),
      requestId: text('Numéro de la demande, à transmettre en cas de difficulté.'),
      errors: {
        type: 'array',
        items: { $ref: '#/components/schemas/Fault' },
        description: 'Tout ce qu’il faut corriger.',
      },
      current: { type: 'object', description: 'Avec un 412\u00a0: l’état actuel, que l’appelant ignorait.' },
    },
  },
};

/** What each status means here, with the refusal shown as an example. */
const EXAMPLES = {
  400: ['Demande illisible\u00a0: adresse, en-tête ou JSON.', new Refused('MALFORMED_JSON')],
  401: ['Ni session ni jeton valide.', new Refused('UNAUTHENTICATED')],
  403: ['Visible, mais pas permis à cet appelant.', new Refused('FORBIDDEN')],
  404: ['Rien à cette adresse, ou rien que l’appelant puisse voir.', new Refused('NOT_FOUND')],
  409: ['Contredit ce qui existe déjà.', new Refused('ALREADY_EXISTS', 'Un acheteur porte déjà ce SIRET.')],
  410: ['A servi, a été révoqué, ou n’est plus valable.', new Refused('LINK_EXPIRED')],
  412: [
    'Modifié depuis la lecture\u00a0; l’état actuel est joint.',
    new Refused('STALE_VERSION').withCurrent({ version: 4 }),
  ],
  413: ['Corps trop volumineux.', new Refused('BODY_TOO_LARGE')],
  415: ['Corps qui n’est pas du JSON.', new Refused('UNSUPPORTED_MEDIA_TYPE')],
  422: [
    'Données refusées\u00a0: chaque faute a son pointeur.',
    new Refused('VALIDATION', 1).withFaults([
      {
        in: 'body',
        pointer: '#/lines/3/quantity',
        code: 'min',
        detail: 'La plus petite valeur permise est 0.',
      },
    ]),
  ],
  428: ['En-tête If-Match absent.', new Refused('VERSION_REQUIRED')],
  429: ['Limite atteinte\u00a0; `Retry-After` dit quand recommencer.', new Refused('TOO_MANY_REQUESTS', 12)],
  500: ['Erreur interne, consignée sous le numéro de la demande.', new Refused('INTERNAL')],
  503: ['Momentanément indisponible\u00a0; `Retry-After` dit quand recommencer.', new Refused('BUSY')],
} as const satisfies Record<number, readonly [string, Refused<RefusalCode>]>;

export type ProblemStatus = keyof typeof EXAMPLES;

/** Members of `components.responses` are named after their status. */
export const problemName = (status: ProblemStatus): string => `Problem${status}`;

const HEADERS: Readonly<Partial<Record<ProblemStatus, string>>> = {
  412: 'ETag',
  429: 'Retry-After',
  503: 'Retry-After',
};

/** Each refusal of the API, declared once. */
export function problemResponses(): Responses {
  const asked = { originalUrl: '/api/v1/exemple', id: '019ab6f0-6f1e-7d40-9c55-3f1b8f0a2c11' };
  return Object.fromEntries(
    Object.entries(EXAMPLES).map(([status, [description, refused]]) => {
      const header = HEADERS[Number(status) as ProblemStatus];
      return [
        problemName(Number(status) as ProblemStatus),
        {
          description,
          ...(header === undefined ? {} : { headers: { [header]: { schema: { type: 'string' } } } }),
          content: {
            'application/problem+json': {
              schema: { $ref: '#/components/schemas/Problem' },
              example: problemOf(refused, asked),
            },
          },
        },
      ];
    }),
  );
}
