import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { JournalEntry } from '../platform/journal/changes.js';
import { JobRequests } from '../platform/jobs/job-requests.js';
import { Journal } from '../platform/journal/journal.js';
import { type Fault, Refused } from '../platform/refusals/refused.js';
import type { DeclarationPlace } from './declaration-access.service.js';
import { DeclarationsQueries, type LineRow } from './declarations.queries.js';
import {
  changedLine,
  type LineChange,
  lineFaults,
  type LineValues,
  lineWords,
  sameLine,
} from './lines.rules.js';
import { OpenDeclarationService } from './open-declaration.service.js';

/** A line as somebody typed it, on the version that they had read (0: none). */
export interface TypedLine extends LineChange {
  readonly itemId: string;
  readonly version: number;
}

interface Written {
  readonly index: number;
  readonly before: LineRow;
  readonly after: LineValues;
}

/** What a member types, line by line: two people in one declaration never overwrite each other. */
@Injectable()
export class LinesService {
  constructor(
    private readonly declarations: OpenDeclarationService,
    private readonly queries: DeclarationsQueries,
    private readonly journal: Journal,
    private readonly jobs: JobRequests,
  ) {}

  /**
   * Writes all of the lines given, or none. A line that says what is already there is no conflict, whatever its version:
   * sent again after a lost answer, it is simply done.
   *
   * @returns the lines as they stand, in the order given
   * @throws {Refused} what {@link OpenDeclarationService.holdToType} refuses; NEED_LINES_REFUSED with every fault;
   * NEED_LINES_CONFLICT with the present lines, each of those that somebody changed since
   */
  async type(
    tx: EntityManager,
    place: DeclarationPlace,
    lines: readonly TypedLine[],
  ): Promise<readonly LineRow[]> {
    const { consultationId, buyerId } = place;
    const { campaign } = await this.declarations.holdToType(tx, place);
    const ids = lines.map(({ itemId }) => itemId.toLowerCase());
    const present = await this.queries.lines(tx, consultationId, buyerId, ids);
    const written = this.judge(lines, new Map(present.map((line) => [line.itemId, line])));
    await this.requireSites(tx, buyerId, written);
    const changed = written.filter(({ before, after }) => !sameLine(before, after));
    if (changed.length > 0) {
      await this.write(tx, place, campaign.now, changed);
      await this.declarations.countChange(tx, place);
      await this.tellMember(tx, place);
    }
    const after = await this.queries.lines(tx, consultationId, buyerId, ids);
    // Last: whoever writes for the same group waits from here on.
    await this.journal.write(tx, place.trace, campaign.now, entriesOf(place, changed));
    const byItem = new Map(after.map((line) => [line.itemId, line]));
    return ids.map((id) => byItem.get(id)!);
  }

  /** A member is told of what is typed in its name. */
  private async tellMember(
    tx: EntityManager,
    { consultationId, buyerId, trace: { onBehalfOf, actorId } }: DeclarationPlace,
  ): Promise<void> {
    if (onBehalfOf === null || actorId === null) return;
    await this.jobs.request(tx, 'needs.tell', {
      consultationId,
      event: 'typed-for',
      buyerId,
      personId: actorId,
    });
  }

  private judge(lines: readonly TypedLine[], present: ReadonlyMap<string, LineRow>): Written[] {
    const faults: Fault[] = [];
    const conflicts: { fault: Fault; current: LineRow }[] = [];
    const seen = new Set<string>();
    const written = lines.flatMap(({ itemId, version, ...change }, index): Written[] => {
      const at = (field: string, code: string, detail: string): Fault => ({
        in: 'body',
        pointer: `#/lines/${index}/${field}`,
        code,
        detail,
      });
      const before = present.get(itemId.toLowerCase());
      if (!before) {
        faults.push(
          at(
            'itemId',
            'itemUnknown',
            'Cet article n’est d’aucun lot que ce membre a rejoint\u00a0: recharger la page, ou enregistrer d’abord son bulletin d’adhésion.',
          ),
        );
        return [];
      }
      if (seen.has(before.itemId)) {
        faults.push(
          at('itemId', 'itemTwice', `${before.code} est donné deux fois\u00a0: n’en garder qu’une ligne.`),
        );
        return [];
      }
      seen.add(before.itemId);
      const after = changedLine(before, change);
      faults.push(
        ...lineFaults(after, before.code).map(({ field, code, sentence }) => at(field, code, sentence)),
      );
      if (version !== before.version && !sameLine(before, after))
        conflicts.push({
          fault: at(
            'version',
            'changedSince',
            `${before.code}\u00a0: quelqu’un d’autre a modifié cette ligne depuis votre lecture. Comparer les deux valeurs, et choisir.`,
          ),
          current: before,
        });
      return [{ index, before, after }];
    });
    if (faults.length > 0) throw new Refused('NEED_LINES_REFUSED', faults.length).withFaults(faults);
    if (conflicts.length > 0)
      throw new Refused('NEED_LINES_CONFLICT', conflicts.length)
        .withFaults(conflicts.map(({ fault }) => fault))
        .withCurrent({ lines: conflicts.map(({ current }) => current) });
    return written;
  }

  /** A place of delivery is the member's, or of a cluster of which it is. */
  private async requireSites(tx: EntityManager, buyerId: string, written: readonly Written[]): Promise<void> {
    const asked = written.filter(
      ({ before, after }) => after.deliverySiteId !== null && after.deliverySiteId !== before.deliverySiteId,
    );
    if (asked.length === 0) return;
    const known = await tx.query<{ id: string }[]>(
      `select s.id from delivery_site s
       where s.id = any($2::uuid[]) and s.retired_at is null and (s.buyer_id = $1 or exists (
         select from cluster_member m where m.cluster_id = s.cluster_id and m.buyer_id = $1))`,
      [buyerId, asked.map(({ after }) => after.deliverySiteId)],
    );
    const ids = new Set(known.map(({ id }) => id));
    const faults = asked
      .filter(({ after }) => !ids.has(after.deliverySiteId!.toLowerCase()))
      .map(({ index, before }): Fault => ({
        in: 'body',
        pointer: `#/lines/${index}/deliverySiteId`,
        code: 'siteUnknown',
        detail: `${before.code}\u00a0: ce lieu de livraison n’est ni de ce membre, ni d’un de ses pôles. En choisir un autre, ou l’ajouter à sa fiche.`,
      }));
    if (faults.length > 0) throw new Refused('NEED_LINES_REFUSED', faults.length).withFaults(faults);
  }

  private async write(
    tx: EntityManager,
    { consultationId, buyerId, trace }: DeclarationPlace,
    now: Date,
    changed: readonly Written[],
  ): Promise<void> {
    const column = (of: (line: LineValues) => string | null): (string | null)[] =>
      changed.map(({ after }) => of(after));
    await tx.query(
      `insert into need_entry (consultation_id, buyer_id, item_id, lot_id, estimate, minimum, maximum, delivery_site_id,
                               last_price, kept_outside, kept_outside_reason, note, updated_at, updated_by, channel)
       select $1, $2, given.*, $13, $14, $15
       from unnest($3::uuid[], $4::uuid[], $5::numeric[], $6::numeric[], $7::numeric[], $8::uuid[], $9::numeric[],
                   $10::numeric[], $11::text[], $12::text[]) as given
       on conflict (consultation_id, buyer_id, item_id) do update set
         estimate = excluded.estimate, minimum = excluded.minimum, maximum = excluded.maximum,
         delivery_site_id = excluded.delivery_site_id, last_price = excluded.last_price,
         kept_outside = excluded.kept_outside, kept_outside_reason = excluded.kept_outside_reason,
         note = excluded.note, version = need_entry.version + 1, updated_at = excluded.updated_at,
         updated_by = excluded.updated_by, channel = excluded.channel`,
      [
        consultationId,
        buyerId,
        changed.map(({ before }) => before.itemId),
        changed.map(({ before }) => before.lotId),
        column((line) => line.estimate),
        column((line) => line.minimum),
        column((line) => line.maximum),
        column((line) => line.deliverySiteId),
        column((line) => line.lastPrice),
        column((line) => line.keptOutside),
        column((line) => line.keptOutsideReason),
        column((line) => line.note),
        now,
        trace.actorKind === 'person' ? trace.actorId : null,
        trace.onBehalfOf !== null ? 'delegation' : trace.channel,
      ],
    );
  }
}

/** One entry a lot, by the codes of its items. Notes and reasons are free texts, which may name somebody: they stay out. */
function entriesOf({ groupId, buyerId }: DeclarationPlace, changed: readonly Written[]): JournalEntry[] {
  const lots = [...new Set(changed.map(({ before }) => before.lotId))];
  return lots.map((lotId) => {
    const ofLot = changed.filter(({ before }) => before.lotId === lotId);
    const words = (of: (line: Written) => LineValues) =>
      Object.fromEntries(ofLot.map((line) => [line.before.code, lineWords(of(line)) || null]));
    return {
      groupId,
      buyerId,
      subject: 'needs',
      subjectId: lotId,
      key: 'needs.type',
      before: words(({ before }) => before),
      after: words(({ after }) => after),
    };
  });
}
