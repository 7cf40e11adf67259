import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import { namedLots } from '../lots/lot-words.rules.js';
import type { JournalState } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import { Refused } from '../platform/refusals/refused.js';
import { requireVersion } from '../platform/refusals/required-version.js';
import type { DeclarationPlace } from './declaration-access.service.js';
import { describeLot } from './declaration-answers.js';
import { DeclarationsQueries, type LotAnswerRow } from './declarations.queries.js';
import { OpenDeclarationService } from './open-declaration.service.js';

export interface LotAnswer {
  readonly noNeed: boolean;
  /** When the contract that it has ends: it may enter this one from then on. */
  readonly contractEndsOn: PlainDate | null;
  readonly noticeMonths: number | null;
}

/** What a member says of a whole lot. */
@Injectable()
export class LotAnswersService {
  constructor(
    private readonly declarations: OpenDeclarationService,
    private readonly queries: DeclarationsQueries,
    private readonly journal: Journal,
  ) {}

  /**
   * @param version of the answer that was read; null: none, which is enough for a first one
   * @throws {Refused} what {@link OpenDeclarationService.holdToType} refuses; NOT_FOUND for a lot that it did not join;
   * VERSION_REQUIRED, STALE_VERSION with the present answer; NO_NEED_BESIDE_QUANTITIES
   */
  async answer(
    tx: EntityManager,
    place: DeclarationPlace,
    lotId: string,
    version: number | null,
    answer: LotAnswer,
  ): Promise<LotAnswerRow> {
    const { campaign } = await this.declarations.holdToType(tx, place);
    const lot = await this.lot(tx, place, lotId);
    requireVersion(describeLot(lot), version);
    if (answer.noNeed && lot.positive > 0)
      throw new Refused('NO_NEED_BESIDE_QUANTITIES', namedLots([lot.number]));
    await this.write(tx, place, campaign.now, [{ lot, answer }]);
    return this.lot(tx, place, lotId);
  }

  /**
   * « Aucun besoin », for every lot at once.
   *
   * @throws {Refused} what {@link OpenDeclarationService.holdToType} refuses; NO_NEED_BESIDE_QUANTITIES with the lots
   */
  async noNeedAtAll(tx: EntityManager, place: DeclarationPlace): Promise<readonly LotAnswerRow[]> {
    const { campaign } = await this.declarations.holdToType(tx, place);
    const lots = await this.queries.lots(tx, place.consultationId, place.buyerId);
    const needed = lots.filter(({ positive }) => positive > 0).map(({ number }) => number);
    if (needed.length > 0) throw new Refused('NO_NEED_BESIDE_QUANTITIES', namedLots(needed));
    await this.write(
      tx,
      place,
      campaign.now,
      lots.map((lot) => ({ lot, answer: { ...lot, noNeed: true } })),
    );
    return this.queries.lots(tx, place.consultationId, place.buyerId);
  }

  private async lot(
    tx: EntityManager,
    { consultationId, buyerId }: DeclarationPlace,
    lotId: string,
  ): Promise<LotAnswerRow> {
    const lots = await this.queries.lots(tx, consultationId, buyerId);
    const lot = lots.find((one) => one.lotId === lotId.toLowerCase());
    if (!lot) throw new Refused('NOT_FOUND');
    return lot;
  }

  private async write(
    tx: EntityManager,
    place: DeclarationPlace,
    now: Date,
    asked: readonly { readonly lot: LotAnswerRow; readonly answer: LotAnswer }[],
  ): Promise<void> {
    const { groupId, consultationId, buyerId, trace } = place;
    const changed = asked.filter(({ lot, answer }) => words(lot) !== words(answer) || lot.version === 0);
    if (changed.length === 0) return;
    await tx.query(
      `insert into need_lot_answer (consultation_id, buyer_id, lot_id, no_need, contract_ends_on, notice_months)
       select $1, $2, given.* from unnest($3::uuid[], $4::boolean[], $5::date[], $6::integer[]) as given
       on conflict (lot_id, buyer_id) do update set no_need = excluded.no_need,
         contract_ends_on = excluded.contract_ends_on, notice_months = excluded.notice_months,
         version = need_lot_answer.version + 1`,
      [
        consultationId,
        buyerId,
        changed.map(({ lot }) => lot.lotId),
        changed.map(({ answer }) => answer.noNeed),
        changed.map(({ answer }) => answer.contractEndsOn),
        changed.map(({ answer }) => answer.noticeMonths),
      ],
    );
    await this.declarations.countChange(tx, place);
    await this.journal.write(
      tx,
      trace,
      now,
      changed.map(({ lot, answer }) => ({
        ...{ groupId, buyerId, subject: 'needs', subjectId: lot.lotId, key: 'needs.answer-lot' },
        before: lot.version === 0 ? null : told(lot),
        after: told(answer),
      })),
    );
  }
}

const told = ({ noNeed, contractEndsOn, noticeMonths }: LotAnswer): JournalState => ({
  ...{ noNeed, contractEndsOn, noticeMonths },
});
const words = (answer: LotAnswer): string => JSON.stringify(told(answer));
