import type { PlainDate } from '../calendar/plain-date.js';
import { type OfferedLot, type ParticipationFault, participationFaults } from './participation.rules.js';

/** A bulletin d'adhésion as a file has it: it tells neither who signed nor in what capacity. */
export interface Bulletin {
  readonly buyerId: string;
  readonly lotNumbers: readonly number[];
  /** Null when the file does not tell. */
  readonly formSignedOn: PlainDate | null;
  /** The decision to join; null while it is not known. */
  readonly decidedOn: PlainDate | null;
}

/** The lots of a consultation, as all its members find them. */
export interface OfferedLots {
  readonly numbers: ReadonlySet<number>;
  /** Of a lot that is reserved to a cluster: the members of the cluster, by the lot's number. */
  readonly reservedTo: ReadonlyMap<number, ReadonlySet<string>>;
}

export interface BulletinFault extends Omit<ParticipationFault, 'code'> {
  readonly code: ParticipationFault['code'] | 'NOT_AN_ACTIVE_MEMBER';
  readonly buyerId: string;
  /** The lots at fault; none when it is not about lots. */
  readonly lotNumbers: readonly number[];
}

/** What a bulletin typed one by one would be refused for. @param today the day in Paris */
export function bulletinFaults(
  { buyerId, lotNumbers, formSignedOn, decidedOn }: Bulletin,
  { numbers, reservedTo }: OfferedLots,
  today: PlainDate,
): BulletinFault[] {
  const offered = lotNumbers
    .filter((number) => numbers.has(number))
    .map((number): OfferedLot => ({
      id: String(number),
      number,
      reservedToOthers: reservedTo.get(number)?.has(buyerId) === false,
    }));
  const form = { lotIds: lotNumbers.map(String), formSignedOn: formSignedOn ?? today };
  return participationFaults(form, offered, decidedOn, today).map((fault) => ({
    ...fault,
    buyerId,
    lotNumbers:
      fault.code === 'LOT_RESERVED'
        ? offered.filter(({ reservedToOthers }) => reservedToOthers).map(({ number }) => number)
        : fault.code === 'LOT_UNKNOWN'
          ? lotNumbers.filter((number) => !numbers.has(number))
          : [],
  }));
}

/** Bulletins of a file that cannot be recorded: every fault of them. */
export class BulletinsRefused extends Error {
  override readonly name = 'BulletinsRefused';
  constructor(readonly faults: readonly BulletinFault[]) {
    super(faults.map(({ buyerId, code }) => `${buyerId}: ${code}`).join(', '));
  }
}
