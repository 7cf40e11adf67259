import { frenchDate, type PlainDate } from '../calendar/plain-date.js';
import type { FieldFault } from './membership.rules.js';

/**
 * The convention binds a member by its signature: the council decides before whoever represents the buyer signs (G6; CGCT
 * L2122-22, L2131-1).
 *
 * @param decidedOn null while the decision is not known: nothing is held against it
 */
export const signedBeforeDecided = (decidedOn: PlainDate | null, signedOn: PlainDate | null): boolean =>
  decidedOn !== null && signedOn !== null && signedOn < decidedOn;

/** A signature recorded after the decision. */
export const signatureFaults = (decidedOn: PlainDate | null, signedOn: PlainDate): FieldFault[] =>
  signedBeforeDecided(decidedOn, signedOn)
    ? [
        {
          field: 'signedOn',
          code: 'SIGNED_BEFORE_DECIDED',
          detail: `L’adhésion de ce membre a été décidée le ${frenchDate(decidedOn!)}\u00a0: la convention ne se signe pas avant la décision qui l’autorise (CGCT L2122-22, L2131-1). Corriger la date de signature, ou d’abord celle de la décision.`,
        },
      ]
    : [];

/** A decision recorded after the signature. @param signedOn the earliest signature of the member; null: it signed nothing */
export const decidedTooLateFaults = (decidedOn: PlainDate, signedOn: PlainDate | null): FieldFault[] =>
  signedBeforeDecided(decidedOn, signedOn)
    ? [
        {
          field: 'resolutionOn',
          code: 'DECIDED_AFTER_SIGNED',
          detail: `Ce membre a signé la convention le ${frenchDate(signedOn!)}\u00a0: la décision qui l’autorise ne peut pas être plus récente (CGCT L2122-22, L2131-1). Corriger la date de la décision, ou d’abord celle de la signature.`,
        },
      ]
    : [];

/**
 * What is wrong with the resolution of a member that does not follow up a consultation (G10): it renounces what is known,
 * once it was launched.
 */
export function renunciationFaults(
  resolutionOn: PlainDate,
  launchedOn: PlainDate,
  today: PlainDate,
): FieldFault[] {
  if (resolutionOn > today)
    return [
      {
        field: 'resolutionOn',
        code: 'DECISION_IN_THE_FUTURE',
        detail:
          'Cette délibération porte une date à venir\u00a0: enregistrer la renonciation une fois prise.',
      },
    ];
  if (resolutionOn < launchedOn)
    return [
      {
        field: 'resolutionOn',
        code: 'DECIDED_BEFORE_THE_LAUNCH',
        detail: `Cette consultation a été lancée le ${frenchDate(launchedOn)}\u00a0: une délibération plus ancienne ne peut pas y renoncer. Donner la date de celle qui y renonce.`,
      },
    ];
  return [];
}
