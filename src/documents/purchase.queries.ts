import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { BUYER_KEY } from '../buyers/buyers.queries.js';
import { parisDate } from '../calendar/plain-date.js';
import { ConductQueries } from '../conduct/conduct.queries.js';
import { MissionsService } from '../conduct/missions.service.js';
import { ConsultationsQueries } from '../consultations/consultations.queries.js';
import { GroupsQueries, type MembershipRow } from '../groups/groups.queries.js';
import { valueText } from '../lawbook/figure-value.rules.js';
import type { LawOn } from '../law/law-on.js';
import { LotDeliverySitesQueries } from '../lots/lot-delivery-sites.queries.js';
import type { LotRow } from '../lots/lots.queries.js';
import { MembersQueries } from '../members/members.queries.js';
import { type Cents, centsToDecimal } from '../money/amounts.js';
import { ProcedureQueries, choiceText } from '../procedure/procedure.queries.js';
import type { ProcedureReading } from '../procedure/procedure.rules.js';
import { ProcedureService } from '../procedure/procedure.service.js';
import { PrintedClausesQueries } from '../protection/printed-clauses.queries.js';
import { type LotTermsText, NO_TERMS } from '../terms/terms.rules.js';
import { TermsQueries } from '../terms/terms.queries.js';
import { ParticularsQueries } from './particulars.queries.js';
import type {
  Purchase,
  PurchaseGroup,
  PurchaseLot,
  PurchaseParticulars,
  PurchaseProcedure,
} from './purchase.js';

/** What the parts of a purchase are read with. */
interface Place {
  readonly consultationId: string;
  readonly memberKey: ReadonlyMap<string, string>;
  readonly lots: readonly LotRow[];
}

/** Reads what a consultation says of its purchase. */
@Injectable()
export class PurchaseQueries {
  constructor(
    private readonly consultations: ConsultationsQueries,
    private readonly groups: GroupsQueries,
    private readonly conduct: ConductQueries,
    private readonly missions: MissionsService,
    private readonly members: MembersQueries,
    private readonly terms: TermsQueries,
    private readonly choices: ProcedureQueries,
    private readonly procedures: ProcedureService,
    private readonly sites: LotDeliverySitesQueries,
    private readonly clauses: PrintedClausesQueries,
    private readonly particulars: ParticularsQueries,
  ) {}

  async read(
    tx: EntityManager,
    consultationId: string,
    memberships: readonly MembershipRow[],
    lots: readonly LotRow[],
    at: Date,
  ): Promise<Purchase> {
    const consultation = (await this.consultations.detail(tx, consultationId))!;
    const caps = await this.terms.ofConsultation(tx, consultationId);
    const { reading, law } = await this.procedures.read(tx, consultationId, at);
    const memberKey = new Map(memberships.map((row) => [row.buyerId, row.key]));
    const place = { consultationId, memberKey, lots };
    const value = new Map(reading.value.lots.map(({ number, net }) => [number, net]));
    return {
      object: consultation.object,
      families: consultation.families,
      plannedLaunchOn: consultation.plannedLaunchOn,
      launchedOn: consultation.launchedAt && parisDate(consultation.launchedAt),
      durationMotive: consultation.durationMotive,
      noSplitGround: consultation.noSplitGround,
      noSplitMotive: consultation.noSplitMotive,
      group: await this.group(tx, consultation.groupId),
      procedure: await this.procedure(tx, consultationId, reading),
      maxLotsBid: caps?.maxLotsBid ?? null,
      maxLotsAwarded: caps?.maxLotsAwarded ?? null,
      tieRule: caps?.tieRule ?? null,
      lots: await this.lots(tx, place, value),
      law: toldLaw(law),
      particulars: await this.written(tx, place),
    };
  }

  private async group(tx: EntityManager, groupId: string): Promise<PurchaseGroup> {
    const group = (await this.groups.group(tx, groupId))!;
    const [coordinator] = await this.conduct.parties(tx, groupId);
    const committee = await this.conduct.committee(tx, groupId);
    const { missions } = await this.missions.read(tx, groupId);
    const agreements = await this.members.agreement(tx, groupId);
    const { title, kind, object, startsOn, endsOn } = group;
    return {
      ...{ title, kind, object, startsOn, endsOn },
      coordinatorKind: coordinator!.kind,
      missions: missions.map(({ mission, holders }) => ({
        mission,
        holders: holders.map(({ name }) => name),
      })),
      committee: committee
        ? { kind: committee.kind, castingVote: committee.castingVote }
        : { kind: 'coordinator', castingVote: false },
      agreements: agreements.map(({ number, label, summary, adoptedOn, signatures }) => ({
        ...{ number, label, summary, adoptedOn },
        signedBy: signatures.map(({ name, signedOn }) => ({ name, on: signedOn })),
      })),
      withdrawn: await this.withdrawn(tx, groupId),
    };
  }

  private withdrawn(tx: EntityManager, groupId: string): Promise<PurchaseGroup['withdrawn']> {
    return tx.query<PurchaseGroup['withdrawn']>(
      `select ${BUYER_KEY} as key, b.name, b.siret, m.withdrawal_reason as reason,
              (m.withdrawn_at at time zone 'Europe/Paris')::date::text as on
       from membership m join buyer b on b.id = m.buyer_id
       where m.group_id = $1 and m.withdrawn_at is not null order by b.name_key collate "C", b.id`,
      [groupId],
    );
  }

  private async procedure(
    tx: EntityManager,
    consultationId: string,
    { value, object, decision }: ProcedureReading,
  ): Promise<PurchaseProcedure> {
    const { ground, electronic, urgency, preinformationOn, candidaciesLimit, offersLimit, letters } =
      choiceText(await this.choices.choice(tx, consultationId));
    return {
      followed: decision?.followed ?? null,
      required: decision?.required ?? null,
      mainObject: object.is,
      ...{ ground, electronic, urgency, preinformationOn, candidaciesLimit, offersLimit, letters },
      estimatedNet: centsToDecimal(value.net),
      estimateComplete: value.complete,
      options: centsToDecimal(value.options),
      premiums: centsToDecimal(value.premiums),
      restOfOperation: centsToDecimal(value.restOfOperation),
    };
  }

  private async lots(
    tx: EntityManager,
    { consultationId, memberKey, lots }: Place,
    values: ReadonlyMap<number, Cents | null>,
  ): Promise<PurchaseLot[]> {
    const terms = new Map((await this.terms.ofLots(tx, consultationId)).map((row) => [row.lotId, row]));
    const limits = await this.terms.limitsOfLots(tx, consultationId);
    const criteria = await this.terms.criteriaOfLots(tx, consultationId);
    const { smallLots } = await this.choices.choice(tx, consultationId);
    const clauses = await this.clauses.ofLots(
      tx,
      lots.map(({ id }) => id),
    );
    const read: PurchaseLot[] = [];
    for (const { id, number } of lots) {
      const sites = await this.sites.sites(tx, id);
      const value = values.get(number) ?? null;
      read.push({
        number,
        estimatedNet: value === null ? null : centsToDecimal(value),
        small: smallLots.find(({ lotId }) => lotId === id)?.treatment ?? null,
        terms: termsOf(terms.get(id) ?? NO_TERMS),
        limits: limits
          .filter(({ lotId }) => lotId === id)
          .map(({ buyerId, minimum, maximum }) => ({ memberKey: memberKey.get(buyerId)!, minimum, maximum })),
        criteria: criteria
          .filter(({ lotId }) => lotId === id)
          .map(({ label, weight, environmental, method }) => ({ label, weight, environmental, method })),
        sites: sites.map(({ buyerId, ownerName: owner, label, address, hours }) => ({
          memberKey: buyerId === null ? null : (memberKey.get(buyerId) ?? null),
          ...{ owner, label, address, hours },
        })),
        clauses: clauses
          .filter(({ lotId }) => lotId === id)
          .map(({ measure, articles, texts }) => ({ measure, articles, texts })),
      });
    }
    return read;
  }

  private async written(
    tx: EntityManager,
    { consultationId, memberKey, lots }: Place,
  ): Promise<PurchaseParticulars> {
    const numbers = new Map(lots.map(({ id, number }) => [id, String(number)]));
    const told = {
      consultation: {} as Record<string, string>,
      lots: {} as Record<string, Record<string, string>>,
      members: {} as Record<string, Record<string, string>>,
    };
    for (const { code, lotId, buyerId, value } of await this.particulars.ofConsultation(tx, consultationId)) {
      const member = buyerId === null ? undefined : memberKey.get(buyerId);
      if (lotId !== null) (told.lots[numbers.get(lotId)!] ??= {})[code] = value;
      else if (member !== undefined) (told.members[member] ??= {})[code] = value;
      else if (buyerId === null) told.consultation[code] = value;
    }
    return told;
  }
}

/** Without what only tells which writing of them it is. */
const termsOf = ({ version: _, lotId: __, ...terms }: LotTermsText & { version?: number; lotId?: string }) =>
  terms;

const toldLaw = ({ figures }: LawOn): Purchase['law'] =>
  Object.fromEntries(
    [...figures.values()]
      .map(
        ({ code, value, unit, article }) => [code, { value: valueText(unit, value), unit, article }] as const,
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
