import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { lockOpenConsultation } from '../consultations/open-consultation.queries.js';
import { GroupsQueries } from '../groups/groups.queries.js';
import { LotsQueries } from '../lots/lots.queries.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { type Fault, Refused } from '../platform/refusals/refused.js';
import { requireVersion } from '../platform/refusals/required-version.js';
import { type Particular, particularOf, valueProblem } from './particulars.rules.js';
import { type ParticularRow, ParticularsQueries } from './particulars.queries.js';

/** What is written for the documents of a consultation. */
export interface ParticularsState {
  readonly consultationId: string;
  /** 0 when nobody wrote them. */
  readonly version: number;
  readonly items: readonly ParticularRow[];
}

@Injectable()
export class ParticularsService {
  constructor(
    private readonly queries: ParticularsQueries,
    private readonly lots: LotsQueries,
    private readonly groups: GroupsQueries,
    private readonly journal: Journal,
  ) {}

  async read(tx: EntityManager, consultationId: string): Promise<ParticularsState> {
    // Before the items: were they changed in between, the older version would be refused, never the newer accepted.
    const version = await this.queries.version(tx, consultationId);
    return { consultationId, version, items: await this.queries.ofConsultation(tx, consultationId) };
  }

  /**
   * Replaces all that is written: what is absent or blank is emptied.
   *
   * @param version the one that was read; null: none was
   * @throws {Refused} NOT_FOUND, CONSULTATION_LAUNCHED, CONSULTATION_CANCELLED, STALE_VERSION with the current state,
   * PARTICULARS_UNSOUND with every problem
   */
  async set(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    { consultationId, groupId }: { readonly consultationId: string; readonly groupId: string },
    version: number | null,
    given: readonly ParticularRow[],
  ): Promise<ParticularsState> {
    await lockOpenConsultation(tx, consultationId);
    const before = await this.read(tx, consultationId);
    requireVersion(before, version);
    const asked = given.map((item) => ({ ...item, value: item.value.trim() }));
    const faults = await this.faults(tx, consultationId, groupId, asked);
    if (faults.length > 0) throw new Refused('PARTICULARS_UNSOUND', faults.length).withFaults(faults);
    const items = asked.filter(({ value }) => value !== '');
    if (same(items, before.items)) return before;
    await this.queries.replace(tx, consultationId, items);
    const after = await this.read(tx, consultationId);
    await this.journal.write(tx, trace, at, [
      {
        groupId,
        buyerId: null,
        subject: 'particulars',
        subjectId: consultationId,
        key: 'documents.write-particulars',
        // Which ones, not what they say: names and addresses of people may be among them.
        before: before.version === 0 ? null : told(before),
        after: told(after),
      },
    ]);
    return after;
  }

  private async faults(
    tx: EntityManager,
    consultationId: string,
    groupId: string,
    items: readonly ParticularRow[],
  ): Promise<Fault[]> {
    const lots = new Set((await this.lots.lots(tx, consultationId)).map(({ id }) => id));
    const members = new Set((await this.groups.memberships(tx, groupId)).map(({ buyerId }) => buyerId));
    const seen = new Set<string>();
    return items.flatMap(({ code, lotId, buyerId, value }, position) => {
      const fault = (field: string, name: string, detail: string): Fault[] => [
        { in: 'body', pointer: `#/items/${position}/${field}`, code: name, detail },
      ];
      if (lotId !== null && buyerId !== null)
        return fault(
          'buyerId',
          'ONE_PLACE',
          'Une mention est d’un lot ou d’un membre, pas des deux\u00a0: retirer l’un.',
        );
      if (lotId !== null && !lots.has(lotId))
        return fault(
          'lotId',
          'LOT_UNKNOWN',
          'Ce lot n’est pas de cette consultation\u00a0: corriger son identifiant.',
        );
      if (buyerId !== null && !members.has(buyerId))
        return fault(
          'buyerId',
          'MEMBER_UNKNOWN',
          'Cet acheteur n’est pas du groupement\u00a0: corriger son identifiant.',
        );
      const of: Particular['of'] = lotId !== null ? 'lot' : buyerId !== null ? 'member' : 'consultation';
      const particular = particularOf(of, code);
      if (!particular)
        return fault(
          'code',
          'PARTICULAR_UNKNOWN',
          `«\u00a0${code}\u00a0» n’est pas une mention ${OF_WORDS[of]}\u00a0: lire la liste des mentions.`,
        );
      const place = [code, lotId, buyerId].join(' ');
      if (seen.has(place))
        return fault(
          'code',
          'PARTICULAR_TWICE',
          `«\u00a0${particular.label}\u00a0» est donnée deux fois\u00a0: n’en garder qu’une.`,
        );
      seen.add(place);
      const problem = valueProblem(particular, value);
      return problem === null ? [] : fault('value', 'VALUE_UNSOUND', problem);
    });
  }
}

const OF_WORDS: Readonly<Record<Particular['of'], string>> = {
  consultation: 'de la consultation',
  lot: 'd’un lot',
  member: 'd’un membre',
};

const placed = ({ code, lotId, buyerId, value }: ParticularRow): string =>
  JSON.stringify([code, lotId, buyerId, value]);
const same = (one: readonly ParticularRow[], other: readonly ParticularRow[]): boolean =>
  JSON.stringify(one.map(placed).sort()) === JSON.stringify(other.map(placed).sort());

const told = ({ items }: ParticularsState) => ({
  filled: items.length,
  codes: [...new Set(items.map(({ code }) => code))].sort(),
});
