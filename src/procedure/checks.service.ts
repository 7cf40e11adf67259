import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parisDate, type PlainDate } from '../calendar/plain-date.js';
import { lawMoment } from '../consultations/consultation.rules.js';
import { type ConsultationDetail, ConsultationsQueries } from '../consultations/consultations.queries.js';
import { CommitteeService } from '../conduct/committee.service.js';
import { ConductQueries } from '../conduct/conduct.queries.js';
import { epciFreeOfCharge } from '../conduct/epci-free-of-charge.rules.js';
import { FreeOfChargeService } from '../conduct/free-of-charge.service.js';
import { launchReadiness } from '../members/launch.rules.js';
import { MembersQueries } from '../members/members.queries.js';
import { MissionsService, type MissionsState } from '../conduct/missions.service.js';
import type { Check } from '../law/check.js';
import type { LawOn } from '../law/law-on.js';
import { LawbookService } from '../lawbook/lawbook.service.js';
import { ItemDutiesService } from '../items/item-duties.service.js';
import { consultationChecks } from '../lots/lot-checks.rules.js';
import { isCommuneName } from '../buyers/commune-names.queries.js';
import { titleWordingChecks } from '../lots/title-wording.rules.js';
import { LotsQueries } from '../lots/lots.queries.js';
import { ReservedLotsQueries } from '../lots/reserved-lots.queries.js';
import { reservedLotsChecks } from '../lots/reserved-lots.rules.js';
import { type Cents, centsFromDecimal, sum } from '../money/amounts.js';
import { FamilyLedgerService } from '../needs/family-ledger.service.js';
import { NeedsQueries } from '../needs/needs.queries.js';
import { Refused } from '../platform/refusals/refused.js';
import { ProtectionReadingService } from '../protection/protection-reading.service.js';
import { SourcingLogService } from '../sourcing/sourcing-log.service.js';
import { TermsChecks } from '../terms/terms-checks.service.js';
import { type CheckSubject, type ListedCheck, oneList } from './checks.rules.js';
import { consultationValue } from './procedure.rules.js';
import { ProcedureService } from './procedure.service.js';

export interface ConsultationChecks {
  /** The day that the law was asked for, and which day that is. */
  readonly on: PlainDate;
  readonly dayIs: 'launch' | 'planned' | 'today';
  readonly items: readonly ListedCheck[];
}

/**
 * What every room says of a consultation, in one list. It reads and changes nothing; nobody downstream of it may tell a
 * candidate, for it reads measures and sourcing.
 */
@Injectable()
export class ChecksService {
  constructor(
    private readonly consultations: ConsultationsQueries,
    private readonly conduct: ConductQueries,
    private readonly missions: MissionsService,
    private readonly committee: CommitteeService,
    private readonly freeOfCharge: FreeOfChargeService,
    private readonly members: MembersQueries,
    private readonly sourcing: SourcingLogService,
    private readonly lots: LotsQueries,
    private readonly reserved: ReservedLotsQueries,
    private readonly duties: ItemDutiesService,
    private readonly terms: TermsChecks,
    private readonly protection: ProtectionReadingService,
    private readonly needs: NeedsQueries,
    private readonly ledger: FamilyLedgerService,
    private readonly lawbook: LawbookService,
    private readonly procedure: ProcedureService,
  ) {}

  /**
   * Every check, whoever asks: the caller leaves out what its reader may not see. Within one transaction that reads one
   * state, or holds the consultation, nothing changes between two rooms.
   *
   * @throws {Refused} NOT_FOUND when there is no such consultation
   */
  async ofConsultation(tx: EntityManager, consultationId: string, at: Date): Promise<ConsultationChecks> {
    const consultation = await this.consultations.detail(tx, consultationId);
    if (!consultation) throw new Refused('NOT_FOUND');
    const { groupId, launchedAt, plannedLaunchOn } = consultation;
    const today = parisDate(at);
    // Read once for every room.
    const law = await this.lawbook.at(tx, lawMoment(consultation, today));
    const { on } = law;
    const lots = await this.lots.details(tx, consultationId);
    const missions = await this.missions.read(tx, groupId);
    const duties = await this.duties.ofConsultation(tx, consultationId, law, missions.paidBy);
    // One value for every room: what is due from a threshold is due in all of them, or in none.
    const procedure = await this.procedure.readBy(tx, consultation, law);
    const value = consultationValue(procedure);
    return {
      on,
      dayIs: launchedAt !== null ? 'launch' : on === plannedLaunchOn ? 'planned' : 'today',
      items: oneList([
        ...about('group', await this.ofGroup(tx, consultation, missions, law, today)),
        ...about('consultation', consultationChecks(consultation, lots, law, today)),
        ...about('consultation', titleWordingChecks(consultation, lots, isCommuneName)),
        // Once launched, who takes part is settled, whatever becomes of the cluster.
        ...(launchedAt === null
          ? about('consultation', reservedLotsChecks(await this.reserved.ofConsultation(tx, consultationId)))
          : []),
        ...about('sourcing', await this.sourcing.checksOf(tx, consultationId)),
        ...lots.flatMap(({ id, number }) => about('items', duties.get(id) ?? [], number)),
        ...(await this.terms.ofConsultation(tx, consultationId, law, value)).flatMap(({ number, checks }) =>
          about('terms', checks, number),
        ),
        ...(await this.protection.verdicts(tx, consultationId, at, value)).flatMap(({ lotNumber, checks }) =>
          about('protection', checks, lotNumber),
        ),
        ...(await this.ledger.sharedFamilies(tx, groupId, consultationId, law)).flatMap(
          ({ buyerId, buyerName, check }) =>
            about('needs', [check]).map((listed) => ({ ...listed, member: { buyerId, name: buyerName } })),
        ),
        ...about('procedure', procedure.checks),
      ]),
    };
  }

  private async ofGroup(
    tx: EntityManager,
    { id, groupId, launchedAt }: ConsultationDetail,
    missions: MissionsState,
    law: LawOn,
    today: PlainDate,
  ): Promise<Check[]> {
    // Once launched, with whom is settled: who joined or left since then changes nothing of it (G7). Before, a planned day
    // that has passed is not that of any launch.
    const launching = launchedAt === null ? await this.members.launching(tx, groupId) : null;
    return [
      ...(launching ? launchReadiness(launching, law.on > today ? law.on : today) : []),
      ...missions.checks,
      ...(await this.committee.readBy(tx, groupId, law)).checks,
      ...(await this.ofEpci(tx, id, groupId)),
    ];
  }

  /** Of a coordinator that is an EPCI. */
  private async ofEpci(tx: EntityManager, consultationId: string, groupId: string): Promise<Check[]> {
    const [coordinator, ...others] = await this.conduct.parties(tx, groupId);
    if (coordinator?.kind !== 'epci') return [];
    const told = await this.freeOfCharge.read(tx, groupId);
    const amounts = await this.needs.amountsByMember(tx, consultationId);
    return epciFreeOfCharge({
      name: coordinator.name,
      isEpci: true,
      declaredNeed: sum(
        amounts
          .filter(({ buyerId }) => buyerId === coordinator.buyerId)
          .map(({ net }) => centsFromDecimal(net)),
      ),
      statutesProvide: told.statutesProvide,
      agentTimeShared: perhaps(told.agentTimeShared),
      disbursementsShared: perhaps(told.disbursementsShared),
      membersOutside: others.filter(({ kind }) => kind !== 'commune').map(({ name }) => name),
    });
  }
}

const perhaps = (net: string | null): Cents | null => (net === null ? null : centsFromDecimal(net));

const about = (
  subject: CheckSubject,
  checks: readonly Check[],
  lotNumber: number | null = null,
): ListedCheck[] => checks.map((check) => ({ ...check, subject, lotNumber, member: null }));
