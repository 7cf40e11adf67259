import { frenchDate, type PlainDate } from '../calendar/plain-date.js';
import { namedLots } from '../lots/lot-words.rules.js';

/** A bulletin d'adhésion: who signed it, when, for which lots. */
export interface ParticipationForm {
  /** Those joined, all others left; empty when the member takes part in none. */
  readonly lotIds: readonly string[];
  readonly formSignedOn: PlainDate;
  readonly signatoryName: string;
  /** « maire », « première adjointe ». */
  readonly signatoryCapacity: string;
}

/** A lot of the consultation, as a member that asks for it finds it. */
export interface OfferedLot {
  readonly id: string;
  readonly number: number;
  /** Whether it is reserved to a cluster of which this member is not. */
  readonly reservedToOthers: boolean;
}

export interface ParticipationFault {
  readonly code: 'LOT_UNKNOWN' | 'LOT_RESERVED' | 'FORM_NOT_SIGNED_YET' | 'FORM_SIGNED_BEFORE_DECISION';
  readonly field: 'lotIds' | 'formSignedOn';
  readonly sentence: string;
}

/**
 * Everything wrong with a form, whoever types it. The council decides to join before a form is signed in the buyer's name.
 *
 * @param decidedOn of the decision to join; null while it is not known: nothing is held against it
 * @param today the day in Paris
 */
export function participationFaults(
  form: Pick<ParticipationForm, 'lotIds' | 'formSignedOn'>,
  lots: readonly OfferedLot[],
  decidedOn: PlainDate | null,
  today: PlainDate,
): ParticipationFault[] {
  const wanted = new Set(form.lotIds);
  const unknown = wanted.size - lots.filter(({ id }) => wanted.has(id)).length;
  const reserved = lots.filter(({ id, reservedToOthers }) => reservedToOthers && wanted.has(id));
  const faults: ParticipationFault[] = [];
  if (unknown > 0)
    faults.push({
      code: 'LOT_UNKNOWN',
      field: 'lotIds',
      sentence:
        unknown === 1
          ? 'Un des lots n’est pas de cette consultation\u00a0: relire la liste des lots.'
          : `${unknown}\u00a0des lots ne sont pas de cette consultation\u00a0: relire la liste des lots.`,
    });
  if (reserved.length > 0)
    faults.push({
      code: 'LOT_RESERVED',
      field: 'lotIds',
      sentence: `Seuls les membres d’un autre pôle peuvent rejoindre ${namedLots(reserved.map(({ number }) => number))}\u00a0: l’ôter du bulletin, ou ouvrir le lot à tous.`,
    });
  if (form.formSignedOn > today)
    faults.push({
      code: 'FORM_NOT_SIGNED_YET',
      field: 'formSignedOn',
      sentence: `Le bulletin serait signé le ${frenchDate(form.formSignedOn)}, qui n’est pas encore venu\u00a0: corriger la date.`,
    });
  else if (decidedOn !== null && form.formSignedOn < decidedOn)
    faults.push({
      code: 'FORM_SIGNED_BEFORE_DECISION',
      field: 'formSignedOn',
      sentence: `Le bulletin serait signé le ${frenchDate(form.formSignedOn)}, avant la décision d’adhérer au groupement, du ${frenchDate(decidedOn)}\u00a0: corriger la date du bulletin, ou d’abord celle de la décision.`,
    });
  return faults;
}
