import type { INestApplicationContext } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Buyer } from '../buyers/buyer.entity.js';
import { BuyersQueries } from '../buyers/buyers.queries.js';
import { sirenOf } from '../buyers/siret.rules.js';
import { CampaignQueries } from '../declarations/campaign.queries.js';
import { Consultation } from '../consultations/consultation.entity.js';
import { ConsultationsQueries } from '../consultations/consultations.queries.js';
import { refusalIn, stateOf } from '../consultations/consultation.rules.js';
import { PurchasingGroup } from '../groups/purchasing-group.entity.js';
import type { PlacedAnswerFault } from '../members/answers.rules.js';
import { AnswersService } from '../members/answers.service.js';
import type { BulletinFault } from '../participation/bulletins.rules.js';
import { BulletinsService } from '../participation/bulletins.service.js';
import type { MembershipLine } from '../participation/memberships.import.js';
import type { Fault } from '../platform/csv/fault.js';
import { type Campaign, CATALOGUE, MEMBERSHIPS } from './campaign-input.js';
import {
  ANSWER_WORDS,
  bulletinWords,
  CENSUS_WORDS,
  columnOf,
  CONSULTATION_WORDS,
} from './campaign-standing.rules.js';

/**
 * What forbids a campaign whose files are sound, because of what is known already: who declined or withdrew, what was
 * launched, to whom a lot is reserved. Every fault, at its line. For good when the caller holds the group's lock, else as
 * things are now.
 */
export async function standingFaults(
  app: INestApplicationContext,
  tx: EntityManager,
  at: Date,
  campaign: Campaign,
): Promise<Fault[]> {
  const { memberships, coordinator, title, lots } = campaign;
  const idOf = await buyerIds(tx, [...memberships.map(({ siret }) => siret), coordinator.siret]);
  const taken = await takenSirets(app, tx, memberships);
  const group = await tx.findOneBy(PurchasingGroup, { coordinatorId: idOf(coordinator.siret), title });
  const answers = memberships.map((line) => ({
    buyerId: idOf(line.siret),
    name: line.name,
    siret: line.siret,
    joins: line.joins,
    isCommune: line.inseeCode !== null,
    resolutionOn: line.resolutionOn,
    resolutionNumber: line.resolutionNumber,
  }));
  const known = group && (await app.get(ConsultationsQueries).titled(tx, group.id, title));
  const consultation = known && (await tx.findOneByOrFail(Consultation, { id: known }));
  const closed = consultation && refusalIn(stateOf(consultation), 'edit');
  // Said once: nothing else of it would be looked at.
  if (closed) return [...taken, { ...OF_THE_CAMPAIGN, value: title, ...worded(CONSULTATION_WORDS[closed]) }];
  if (known && (await app.get(CampaignQueries).campaign(tx, known)))
    return [...taken, { ...OF_THE_CAMPAIGN, value: title, ...worded(CENSUS_WORDS) }];
  const answerFaults = await app.get(AnswersService).judge(tx, at, group ?? NEW_GROUP, answers);
  const bulletins = memberships.map((line) => ({
    buyerId: idOf(line.siret),
    lotNumbers: line.lots,
    formSignedOn: line.formSignedOn,
    decidedOn: line.resolutionOn,
  }));
  const numbers = lots.map(({ number }) => number);
  const bulletinFaults = await app
    .get(BulletinsService)
    .judge(tx, at, { groupId: group?.id ?? null, consultationId: known }, bulletins, numbers);
  const lineOf = new Map(memberships.map((line) => [idOf(line.siret), line]));
  return [
    ...taken,
    ...answerFaults.map((fault) => placed(fault, ANSWER_WORDS[fault.code], lineOf.get(fault.buyerId))),
    ...bulletinFaults.map((fault) => placed(fault, bulletinWords(fault), lineOf.get(fault.buyerId))),
  ];
}

/** A group that is about to be opened, as the files open it: it takes members in at any time. */
const NO_ID = '00000000-0000-0000-0000-000000000000';
const NEW_GROUP = {
  id: NO_ID,
  kind: 'permanent',
  endsOn: null,
  coordinatorId: NO_ID,
  reservedClusterId: null,
} as const;
const OF_THE_CAMPAIGN = { file: CATALOGUE, line: null, column: '' } as const;
const worded = ([problem, correction]: readonly [string, string]) => ({ problem, correction });

function placed(
  fault: PlacedAnswerFault | BulletinFault,
  words: readonly [string, string],
  line: MembershipLine | undefined,
): Fault {
  const column = line ? columnOf(fault) : 'siret';
  const absent = 'siret' in fault ? `${fault.name} (${fault.siret})` : fault.buyerId;
  return {
    file: MEMBERSHIPS,
    line: line?.line ?? null,
    column,
    value: line ? written(line, column) : absent,
    ...worded(words),
  };
}

const written = (line: MembershipLine, column: string): string =>
  ({
    reponse: line.joins ? 'adhere' : 'n_adhere_pas',
    deliberation_le: line.resolutionOn ?? '',
    bulletin_le: line.formSignedOn ?? '',
    lots: line.lots.join(','),
  })[column] ?? line.siret;

/** The id of each buyer that is known, by its SIRET or its SIREN alone; of the others, their SIRET tells them apart. */
async function buyerIds(tx: EntityManager, sirets: readonly string[]): Promise<(siret: string) => string> {
  const rows = await tx.find(Buyer, {
    where: [{ siret: In([...sirets]) }, { sirenAlone: In(sirets.map(sirenOf)) }],
    select: { id: true, siret: true, sirenAlone: true },
  });
  const ids = new Map(rows.map(({ id, siret, sirenAlone }) => [siret ?? sirenAlone, id]));
  return (siret) => ids.get(siret) ?? ids.get(sirenOf(siret)) ?? unknownId(siret);
}

/** A UUID that no buyer has: its version is 0. */
const unknownId = (siret: string): string => `00000000-0000-0000-00${siret.slice(0, 2)}-${siret.slice(2)}`;

/** SIRETs that designate a budget of another buyer. */
async function takenSirets(
  app: INestApplicationContext,
  tx: EntityManager,
  memberships: readonly MembershipLine[],
): Promise<Fault[]> {
  const faults: Fault[] = [];
  const left = new Map(memberships.map((line) => [line.siret, line]));
  for (;;) {
    const held = await app.get(BuyersQueries).budgetHolder(tx, [...left.keys()]);
    const line = held && left.get(held.siret);
    if (!held || !line) return faults;
    left.delete(held.siret);
    faults.push({
      file: MEMBERSHIPS,
      line: line.line,
      column: 'siret',
      value: held.siret,
      problem: `ce SIRET est celui d’un budget de ${held.name}`,
      correction: `écrire le SIRET principal de ${held.name}, ou corriger le numéro`,
    });
  }
}
