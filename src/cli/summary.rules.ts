import type { Dossier, DossierVersion } from '../documents/dossier.js';
import { centsFromDecimal, centsToDecimal, sum } from '../money/amounts.js';

export interface SummaryFile {
  readonly name: string;
  readonly kind: string;
  readonly sha256: string;
  readonly bytes: number;
}

export interface Stage {
  readonly name: string;
  readonly ms: number;
}

/** The figures of a campaign for programs: decimal strings, members keyed by INSEE code or SIRET. */
export function campaignSummary(
  { number, sha256, content }: DossierVersion,
  changes: readonly string[],
  files: readonly SummaryFile[],
  stages: readonly Stage[],
) {
  return {
    title: content.title,
    coordinator_siret: content.coordinator.siret,
    version: number,
    dossier_sha256: sha256,
    changes,
    communes: [...content.members, ...content.notJoining].filter((buyer) => buyer.inseeCode !== null).length,
    members: content.members.length,
    not_joining: content.notJoining.length,
    silent: keysWhere(content, (m) => m.validLines + m.lateLines + m.draftLines === 0),
    late: keysWhere(content, (m) => m.lateLines > 0),
    drafts: keysWhere(content, (m) => m.draftLines > 0),
    quantities_valid_only: Object.fromEntries(
      content.quantities.map((q) => [q.itemCode, [q.minimum, q.estimate, q.maximum]]),
    ),
    lot_estimate_ht_per_year_valid_only: lotEstimates(content),
    member_estimate_ht_per_year: memberEstimates(content),
    total_ht_per_year: centsToDecimal(sum(content.amounts.map((amount) => centsFromDecimal(amount.net)))),
    key: content.sharing.key,
    cost_shares: Object.fromEntries(
      content.sharing.shares.map((share) => [share.memberKey, { ht: share.net, vat: share.vat }]),
    ),
    files,
    stages,
  };
}

const keysWhere = (content: Dossier, test: (member: Dossier['members'][number]) => boolean): string[] =>
  content.members.filter(test).map((member) => member.key);

function lotEstimates(content: Dossier): Record<string, string> {
  const totals = new Map(content.lots.map((lot) => [lot.number, 0n]));
  for (const { lot, net } of content.amounts)
    totals.set(lot, (totals.get(lot) ?? 0n) + centsFromDecimal(net));
  return Object.fromEntries([...totals].map(([lot, total]) => [lot, centsToDecimal(total)]));
}

function memberEstimates(content: Dossier): Record<string, Record<string, string>> {
  const members: Record<string, Record<string, string>> = {};
  for (const { memberKey, lot, net } of content.amounts) {
    const lots = (members[memberKey] ??= {});
    lots[lot] = centsToDecimal(centsFromDecimal(lots[lot] ?? '0') + centsFromDecimal(net));
  }
  return members;
}
