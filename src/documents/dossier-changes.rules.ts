import { centsFromDecimal, quantityFromDecimal, unitPriceFromDecimal } from '../money/amounts.js';
import {
  frenchCount,
  frenchEuros,
  frenchNumber,
  frenchQuantity,
  frenchUnitPrice,
  NBSP,
} from '../money/french.js';
import type {
  Dossier,
  DossierBuyer,
  DossierItem,
  DossierMember,
  DossierNeed,
  SharingKeyName,
} from './dossier.js';

export const KEY_NAMES: Record<SharingKeyName, string> = {
  none: 'aucune (le coordonnateur supporte les frais)',
  equal: 'parts égales',
  population: 'population municipale',
  need: 'besoin déclaré',
  'fixed-variable': 'part fixe et part variable',
};

/** « 1 an, reconductible 3 fois pour un an, soit 4 ans au plus ». */
export function duration(years: number, renewals: number): string {
  const firm = `${years}${NBSP}an${years > 1 ? 's' : ''}`;
  return renewals === 0
    ? `${firm}, sans reconduction`
    : `${firm}, reconductible ${renewals}${NBSP}fois pour un an, soit ${years + renewals}${NBSP}ans au plus`;
}

/** What differs between two states of a consultation, in French sentences a coordinator can check one by one. */
export function dossierChanges(formerly: Dossier, after: Dossier): string[] {
  const before = withKeysOf(formerly, after);
  return [
    ...termChanges(before, after),
    ...memberChanges(before, after),
    ...catalogueChanges(before, after),
    ...needChanges(before, after),
    ...sharingChanges(before, after),
  ];
}

/** A buyer whose INSEE code changed has another key: the SIRET tells that it is the same. */
function withKeysOf(before: Dossier, after: Dossier): Dossier {
  const keyOfSiret = new Map([...after.members, ...after.notJoining].map(({ siret, key }) => [siret, key]));
  const keys = new Map(
    [...before.members, ...before.notJoining].map(({ siret, key }) => [key, keyOfSiret.get(siret) ?? key]),
  );
  const rekeyed = <T extends DossierBuyer>(buyer: T): T => ({ ...buyer, key: keys.get(buyer.key)! });
  return {
    ...before,
    members: before.members.map(rekeyed),
    notJoining: before.notJoining.map(rekeyed),
    needs: before.needs.map((need) => ({ ...need, memberKey: keys.get(need.memberKey) ?? need.memberKey })),
  };
}

function termChanges(before: Dossier, after: Dossier): string[] {
  const changes: string[] = [];
  if (before.coordinator.name !== after.coordinator.name)
    changes.push(`Coordonnateur : « ${before.coordinator.name} » devient « ${after.coordinator.name} ».`);
  if (before.years !== after.years || before.renewals !== after.renewals)
    changes.push(
      `Durée : « ${duration(before.years, before.renewals)} » devient « ${duration(after.years, after.renewals)} ».`,
    );
  return changes;
}

function memberChanges(before: Dossier, after: Dossier): string[] {
  const known = new Map(before.members.map((member) => [member.key, member]));
  const joined = after.members.filter((member) => !known.has(member.key));
  const kept = new Set(after.members.map((member) => member.key));
  const left = before.members.filter((member) => !kept.has(member.key));
  return [
    ...joined.map((member) => `${member.name} : adhère.`),
    ...left.map((member) => `${member.name} : n’est plus membre.`),
    ...after.members.flatMap((member) => {
      const old = known.get(member.key);
      return old ? memberFieldChanges(old, member) : [];
    }),
    ...declinedChanges(before, after),
  ];
}

function declinedChanges(before: Dossier, after: Dossier): string[] {
  const keys = (buyers: readonly DossierBuyer[]): Set<string> => new Set(buyers.map((buyer) => buyer.key));
  const known = keys(before.notJoining);
  const invited = keys([...after.notJoining, ...after.members]);
  return [
    ...after.notJoining
      .filter((buyer) => !known.has(buyer.key))
      .map((buyer) => `${buyer.name} : n’adhère pas.`),
    ...before.notJoining
      .filter((buyer) => !invited.has(buyer.key))
      .map((buyer) => `${buyer.name} : n’est plus invité.`),
  ];
}

function memberFieldChanges(old: DossierMember, now: DossierMember): string[] {
  const changes: string[] = [];
  const field = (label: string, from: string | number | null, to: string | number | null): void => {
    if (from !== to) changes.push(`${now.name}, ${label} : ${shown(from)} devient ${shown(to)}.`);
  };
  field('nom', old.name, now.name);
  field('SIRET', old.siret, now.siret);
  field('code INSEE', old.inseeCode, now.inseeCode);
  field('population municipale', old.population, now.population);
  field('délibération', old.resolutionNumber, now.resolutionNumber);
  field('date de la délibération', old.resolutionOn, now.resolutionOn);
  field('bulletin d’adhésion', old.formSignedOn, now.formSignedOn);
  field('lots', old.lots.join(', '), now.lots.join(', '));
  field('lignes hors délai', old.lateLines, now.lateLines);
  field('lignes en brouillon', old.draftLines, now.draftLines);
  return changes;
}

const shown = (value: string | number | null): string =>
  value === null || value === '' ? 'vide' : typeof value === 'number' ? frenchCount(value) : value;

function catalogueChanges(before: Dossier, after: Dossier): string[] {
  const changes: string[] = [];
  const oldLots = new Map(before.lots.map((lot) => [lot.number, lot]));
  for (const lot of after.lots) {
    const old = oldLots.get(lot.number);
    oldLots.delete(lot.number);
    if (!old) changes.push(`Lot ${lot.number} ajouté : « ${lot.title} ».`);
    else {
      if (old.title !== lot.title)
        changes.push(`Lot ${lot.number} : « ${old.title} » devient « ${lot.title} ».`);
      if (old.cpv !== lot.cpv) changes.push(`Lot ${lot.number}, CPV : ${old.cpv} devient ${lot.cpv}.`);
      if (old.family !== lot.family || old.contractForm !== lot.contractForm)
        changes.push(`Lot ${lot.number} : famille ou forme du contrat modifiée.`);
    }
  }
  for (const lot of oldLots.values()) changes.push(`Lot ${lot.number} retiré : « ${lot.title} ».`);
  return [...changes, ...itemChanges(itemsOf(before), itemsOf(after))];
}

interface PlacedItem extends DossierItem {
  readonly lot: number;
}

const itemsOf = (dossier: Dossier): Map<string, PlacedItem> =>
  new Map(dossier.lots.flatMap((lot) => lot.items.map((item) => [item.code, { ...item, lot: lot.number }])));

function itemChanges(before: Map<string, PlacedItem>, after: Map<string, PlacedItem>): string[] {
  const changes: string[] = [];
  for (const [code, item] of after) {
    const old = before.get(code);
    if (!old) changes.push(`Article ${code} ajouté au lot ${item.lot} : « ${item.designation} ».`);
    else {
      if (old.unitPrice !== item.unitPrice)
        changes.push(
          `Article ${code}, prix unitaire estimé : ${price(old.unitPrice)} devient ${price(item.unitPrice)}.`,
        );
      if (old.vatRate !== item.vatRate)
        changes.push(
          `Article ${code}, TVA : ${frenchNumber(old.vatRate)} % devient ${frenchNumber(item.vatRate)} %.`,
        );
      const words = (entry: PlacedItem): string =>
        [entry.lot, entry.designation, entry.unit, entry.packaging, entry.m57Nature].join(' · ');
      if (words(old) !== words(item))
        changes.push(`Article ${code} : « ${words(old)} » devient « ${words(item)} ».`);
    }
  }
  for (const [code, item] of before)
    if (!after.has(code))
      changes.push(`Article ${code} retiré du lot ${item.lot} : « ${item.designation} ».`);
  return changes;
}

const price = (text: string): string => `${frenchUnitPrice(unitPriceFromDecimal(text))} €`;

function needChanges(before: Dossier, after: Dossier): string[] {
  const names = new Map([...before.members, ...after.members].map((member) => [member.key, member.name]));
  const place = (need: DossierNeed): string => `${need.memberKey} ${need.itemCode}`;
  const labelOf = (need: DossierNeed): string =>
    `${names.get(need.memberKey) ?? need.memberKey}, ${need.itemCode}`;
  const old = new Map(before.needs.map((need) => [place(need), need]));
  const changes: string[] = [];
  for (const need of after.needs) {
    const was = old.get(place(need));
    old.delete(place(need));
    const label = labelOf(need);
    if (!was) changes.push(`${label} : besoin ajouté, ${quantities(need)}.`);
    else if (quantities(was) !== quantities(need))
      changes.push(`${label} : ${quantities(was)} devient ${quantities(need)}.`);
  }
  for (const need of old.values()) changes.push(`${labelOf(need)} : besoin retiré (${quantities(need)}).`);
  return changes;
}

function quantities({ minimum, estimate, maximum }: DossierNeed): string {
  const one = (text: string): string => frenchQuantity(quantityFromDecimal(text));
  return [
    one(estimate),
    minimum === null ? '' : `minimum ${one(minimum)}`,
    maximum === null ? '' : `maximum ${one(maximum)}`,
  ]
    .filter((text) => text !== '')
    .join(', ');
}

function sharingChanges(before: Dossier, after: Dossier): string[] {
  const changes: string[] = [];
  const [old, now] = [before.sharing, after.sharing];
  if (old.key !== now.key)
    changes.push(`Clé de répartition : ${KEY_NAMES[old.key]} devient ${KEY_NAMES[now.key]}.`);
  if (old.fixedShare !== null && now.fixedShare !== null && old.fixedShare !== now.fixedShare)
    changes.push(`Part fixe : ${frenchNumber(old.fixedShare)} devient ${frenchNumber(now.fixedShare)}.`);
  const cost = (line: Dossier['sharing']['costs'][number]): string =>
    `${line.label} (${frenchEuros(centsFromDecimal(line.net))} HT, TVA ${frenchNumber(line.vatRate)} %, ${
      line.lots.length === 0 ? 'tous les lots' : `lots ${line.lots.join(', ')}`
    })`;
  const [was, is] = [old.costs.map(cost), now.costs.map(cost)];
  changes.push(
    ...is.filter((line) => !was.includes(line)).map((line) => `Frais ajoutés ou modifiés : ${line}.`),
  );
  changes.push(
    ...was.filter((line) => !is.includes(line)).map((line) => `Frais retirés ou modifiés : ${line}.`),
  );
  return changes;
}
