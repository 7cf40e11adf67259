import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DeclarationPlace } from '../declarations/declaration-access.service.js';
import { OpenDeclarationService } from '../declarations/open-declaration.service.js';
import { Journal } from '../platform/journal/journal.js';
import { type Fault, Refused } from '../platform/refusals/refused.js';
import { type SignalRow, SignalsQueries } from './signals.queries.js';

/** A signal as somebody read it, with the figures that it had. */
export interface ReadSignal {
  readonly id: string;
  readonly fingerprint: string;
}

/** Quantities that look wrong, and that somebody says are right. */
@Injectable()
export class SignalsService {
  constructor(
    private readonly declarations: OpenDeclarationService,
    private readonly queries: SignalsQueries,
    private readonly journal: Journal,
  ) {}

  /**
   * Confirms all of the signals given, or none: each must still bear the figures that were read. One that is confirmed
   * already keeps its first reason. The reason is a free text, which may name somebody: it stays out of the journal.
   *
   * @returns those signals as they stand, in the order given
   * @throws {Refused} what {@link OpenDeclarationService.hold} refuses; SIGNALS_CHANGED with each that changed
   */
  async confirm(
    tx: EntityManager,
    place: DeclarationPlace,
    read: readonly ReadSignal[],
    reason: string,
  ): Promise<readonly SignalRow[]> {
    const { consultationId, buyerId, groupId, trace } = place;
    const { campaign } = await this.declarations.hold(tx, place);
    const asked = this.require(read, await this.queries.signals(tx, consultationId, buyerId));
    const fresh = [...new Set(asked)].filter(({ confirmedAt }) => confirmedAt === null);
    if (fresh.length > 0) {
      await this.write(tx, place, fresh, reason, campaign.now);
      await this.journal.write(tx, trace, campaign.now, [
        {
          ...{ groupId, buyerId, subject: 'needs-signal', subjectId: consultationId },
          key: 'needs.confirm-signal',
          before: null,
          after: Object.fromEntries(fresh.map((signal) => [factOf(signal), signal.fingerprint])),
        },
      ]);
    }
    const after = new Map(
      (await this.queries.signals(tx, consultationId, buyerId)).map((signal) => [signal.id, signal]),
    );
    return read.map(({ id }) => after.get(id)!);
  }

  private require(read: readonly ReadSignal[], present: readonly SignalRow[]): SignalRow[] {
    const byId = new Map(present.map((signal) => [signal.id, signal]));
    const found = read.map(({ id, fingerprint }) => {
      const signal = byId.get(id);
      return signal?.fingerprint === fingerprint ? signal : null;
    });
    const faults = found.flatMap((signal, index): Fault[] =>
      signal !== null
        ? []
        : [
            {
              ...{ in: 'body', pointer: `#/signals/${index}/fingerprint`, code: 'changedSince' },
              detail:
                'Ce point à vérifier a changé depuis votre lecture, ou n’est plus à vérifier\u00a0: relire la liste.',
            },
          ],
    );
    if (faults.length > 0) throw new Refused('SIGNALS_CHANGED', faults.length).withFaults(faults);
    return found.flatMap((signal) => signal ?? []);
  }

  private async write(
    tx: EntityManager,
    { consultationId, buyerId, trace }: DeclarationPlace,
    signals: readonly SignalRow[],
    reason: string,
    now: Date,
  ): Promise<void> {
    await tx.query(
      `insert into need_signal_confirmation (consultation_id, buyer_id, kind, item_id, lot_id, fingerprint, reason,
                                             confirmed_at, confirmed_by)
       select $1, $2, kind, item_id, lot_id, fingerprint, $7, $8, $9
       from unnest($3::text[], $4::uuid[], $5::uuid[], $6::text[]) as given (kind, item_id, lot_id, fingerprint)
       on conflict on constraint need_signal_confirmation_is_unique do update set fingerprint = excluded.fingerprint,
         reason = excluded.reason, confirmed_at = excluded.confirmed_at, confirmed_by = excluded.confirmed_by`,
      [
        ...[consultationId, buyerId, signals.map(({ kind }) => kind), signals.map(({ itemId }) => itemId)],
        signals.map(({ kind, lotId }) => (kind === 'maximum' ? lotId : null)),
        ...[signals.map(({ fingerprint }) => fingerprint), reason, now],
        trace.actorKind === 'person' ? trace.actorId : null,
      ],
    );
  }
}

/** « VH-002 last_year », « lot 3 maximum », « round ». */
const factOf = ({ kind, code, lotNumber }: SignalRow): string =>
  [code ?? (lotNumber === null ? null : `lot ${lotNumber}`), kind].filter((word) => word !== null).join(' ');
