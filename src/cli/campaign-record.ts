import type { INestApplicationContext } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AllocationService } from '../allocation/allocation.service.js';
import { SharingRefused, type SharingFault } from '../allocation/sharing.rules.js';
import { BuyersService } from '../buyers/buyers.service.js';
import { ConsultationsService } from '../consultations/consultations.service.js';
import { DocumentsService, type RequestedDocument } from '../documents/documents.service.js';
import { DossiersService, type TakenDossier } from '../documents/dossiers.service.js';
import { GroupsService } from '../groups/groups.service.js';
import { LotsQueries } from '../lots/lots.queries.js';
import { ReplaceCatalogueService } from '../catalogue/replace-catalogue.service.js';
import { AnswersService } from '../members/answers.service.js';
import { BulletinsService } from '../participation/bulletins.service.js';
import { type NeedLineInput, NeedsService } from '../needs/needs.service.js';
import type { Caller } from '../platform/access/caller.js';
import { Clock } from '../platform/clock/clock.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { standingFaults } from './campaign-standing.js';
import { type Campaign, CampaignRefused, COSTS, MEMBERSHIPS } from './campaign-input.js';

export interface RecordedCampaign {
  readonly dossier: TakenDossier;
  readonly documents: readonly RequestedDocument[];
}

/**
 * Records a whole campaign, takes its dossier and asks for its documents, in one transaction: all of it, or nothing.
 * The group's row is locked first, so that two people recording the same campaign follow each other.
 *
 * @param caller who records it: it must have that right for the coordinator, and the journal names it
 * @throws {CampaignRefused} with every line that the group, its launches or its lots forbid; or when the costs cannot be
 * shared by the chosen key
 * @throws {CampaignForbidden} when the caller may not record a campaign of that coordinator
 */
export function recordCampaign(
  app: INestApplicationContext,
  campaign: Campaign,
  caller: Caller,
): Promise<RecordedCampaign> {
  const at = app.get(Clock).now();
  return app.get(DataSource).transaction(async (tx) => {
    const { title, options, coordinator } = campaign;
    const buyerIds = await app
      .get(BuyersService)
      .register(tx, caller.trace, at, uniqueBuyers([...campaign.memberships, coordinator]))
      .catch(async (error: unknown) => {
        if (!(error instanceof Refused && error.code === 'SIRET_TAKEN')) throw error;
        throw new CampaignRefused(await standingFaults(app, tx, at, campaign));
      });
    const coordinatorId = buyerIds.get(coordinator.siret)!;
    const about = { buyerIds: [coordinatorId] };
    if (!caller.may('campaign.import', about)) throw new CampaignForbidden(coordinator);
    const trace = caller.require('campaign.import', about);
    const act: Act = { tx, trace, at };
    const groupId = await app.get(GroupsService).open(tx, trace, at, coordinatorId, title);
    // All that the services below would refuse, before the first of them stops at its own.
    const faults = await standingFaults(app, tx, at, campaign);
    if (faults.length > 0) throw new CampaignRefused(faults);
    await recordMemberships(app, act, groupId, campaign, buyerIds);
    const consultationId = await app
      .get(ConsultationsService)
      .open(tx, trace, at, groupId, { title, firmYears: options.years, renewals: options.renewals });
    await recordLots(app, act, consultationId, campaign, buyerIds);
    await recordNeeds(app, act, consultationId, campaign, buyerIds);
    await app.get(AllocationService).chooseSharing(tx, trace, at, consultationId, {
      key: options.key,
      fixedShare: options.fixedShare,
      costs: campaign.costs,
    });
    const dossier = await app
      .get(DossiersService)
      .take(tx, trace, at, consultationId)
      .catch((error: unknown) => {
        throw error instanceof SharingRefused ? refusedCost(error, campaign) : error;
      });
    return { dossier, documents: await app.get(DocumentsService).requestAll(tx, trace, at, dossier) };
  });
}

/** Who acts may not record a campaign of that coordinator; nothing was recorded. */
export class CampaignForbidden extends Error {
  override readonly name = 'CampaignForbidden';
  constructor(readonly coordinator: Campaign['coordinator']) {
    super(`no right to record a campaign of ${coordinator.siret}`);
  }
}

/** One transaction, by someone, at an instant. */
interface Act {
  readonly tx: EntityManager;
  readonly trace: Trace;
  readonly at: Date;
}

/** By SIRET, the last one winning: the coordinator's name may have been given apart. */
const uniqueBuyers = <T extends { readonly siret: string }>(buyers: readonly T[]): T[] => [
  ...new Map(buyers.map((buyer) => [buyer.siret, buyer])).values(),
];

async function recordMemberships(
  app: INestApplicationContext,
  { tx, trace, at }: Act,
  groupId: string,
  campaign: Campaign,
  buyerIds: ReadonlyMap<string, string>,
): Promise<void> {
  const answers = campaign.memberships.map((member) => ({
    buyerId: buyerIds.get(member.siret)!,
    joins: member.joins,
    municipalPopulation: member.population,
    populationSource: member.population === null ? null : MEMBERSHIPS,
    resolutionOn: member.resolutionOn,
    resolutionNumber: member.resolutionNumber,
  }));
  await app.get(AnswersService).record(tx, trace, at, groupId, answers);
}

async function recordLots(
  app: INestApplicationContext,
  { tx, trace, at }: Act,
  consultationId: string,
  campaign: Campaign,
  buyerIds: ReadonlyMap<string, string>,
): Promise<void> {
  const lots = app.get(ReplaceCatalogueService);
  const codes = campaign.lots.flatMap((lot) => lot.items.map((item) => item.code));
  await app.get(NeedsService).withdrawItems(tx, trace, at, consultationId, codes);
  await lots.replace(tx, trace, at, consultationId, campaign.lots);
  const bulletins = campaign.memberships.map((member) => ({
    buyerId: buyerIds.get(member.siret)!,
    lotNumbers: member.lots,
    formSignedOn: member.formSignedOn,
    decidedOn: member.resolutionOn,
  }));
  await app.get(BulletinsService).record(tx, trace, at, consultationId, bulletins);
}

async function recordNeeds(
  app: INestApplicationContext,
  { tx, trace, at }: Act,
  consultationId: string,
  campaign: Campaign,
  buyerIds: ReadonlyMap<string, string>,
): Promise<void> {
  const items = new Map(
    (await app.get(LotsQueries).items(tx, consultationId)).map((item) => [item.code, item]),
  );
  const lines = campaign.needs.map((need): NeedLineInput => {
    const item = items.get(need.itemCode)!;
    return { ...need, buyerId: buyerIds.get(need.siret)!, itemId: item.id, lotId: item.lotId };
  });
  await app.get(NeedsService).replaceNeeds(tx, trace, at, consultationId, lines);
}

const SHARING_WORDS: Record<SharingFault, readonly [problem: string, correction: string]> = {
  nobody_concerned: [
    'aucun membre n’a de besoin valide dans les lots de ces frais : personne avec qui les partager',
    'corriger les lots de la ligne, attendre des besoins, ou choisir --key none',
  ],
  population_missing: [
    'la population municipale manque pour un membre concerné',
    'la renseigner dans adhesions.csv, ou choisir une autre clé',
  ],
  no_population: [
    'la population des membres concernés est nulle : la clé n’a pas de base',
    'choisir une autre clé, par exemple --key equal',
  ],
  no_need_amount: [
    'le besoin des membres concernés vaut 0,00 € : la clé n’a pas de base',
    'choisir une autre clé, par exemple --key equal',
  ],
};

function refusedCost(error: SharingRefused, campaign: Campaign): CampaignRefused {
  const cost = campaign.costs[error.position]!;
  const [problem, correction] = SHARING_WORDS[error.fault];
  return new CampaignRefused([
    { file: COSTS, line: cost.line, column: 'lots', value: cost.lots.join(','), problem, correction },
  ]);
}
