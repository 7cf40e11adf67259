/**
 * The dossier of the bundled sample, computed naively from its files: an oracle for what the services and SQL produce,
 * and an input for the tests of documents, which then need no database.
 */
import { readFileSync } from 'node:fs';
import type { Dossier, DossierVersion, SharingKeyName } from '../../src/documents/dossier.js';
import {
  centsFromDecimal,
  centsToDecimal,
  divideRounded,
  lineAmount,
  quantityFromDecimal,
  quantityToDecimal,
  sum,
  unitPriceFromDecimal,
  unitPriceToDecimal,
  vatOf,
  vatRateFromDecimal,
  vatRateToDecimal,
} from '../../src/money/amounts.js';
import { splitAmount } from '../../src/money/split.js';

export const SAMPLE = new URL('../fixtures/laval-2027/', import.meta.url);

function rows(file: string): Record<string, string>[] {
  const [header = '', ...lines] = readFileSync(new URL(file, SAMPLE), 'utf8').trim().split('\r\n');
  const names = header.split(';');
  return lines.map((line) => Object.fromEntries(line.split(';').map((value, i) => [names[i]!, value])));
}

const dot = (text: string | undefined): string => (text ?? '').replace(',', '.');
const UNITS: Record<string, string> = {
  TNE: 'tonne',
  XBG: 'sac',
  XBJ: 'seau',
  LTR: 'litre',
  C62: 'unité',
  MTR: 'mètre',
  MTK: 'm²',
  MTQ: 'm³',
};

export function sampleDossier(key: SharingKeyName = 'population', memberLimit = Infinity): Dossier {
  const memberships = rows('adhesions.csv');
  const catalogue = rows('catalogue.csv');
  const needs = rows('besoins.csv');
  const keyOf = new Map(memberships.map((m) => [m['siret']!, m['code_insee'] || m['siret']!]));
  const buyer = (m: Record<string, string>) => ({
    key: keyOf.get(m['siret']!)!,
    siret: m['siret']!,
    inseeCode: m['code_insee'] || null,
    name: m['nom']!,
  });
  const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);
  const received = (siret: string, standing: string) =>
    needs.filter((n) => n['siret'] === siret && n['etat'] === standing).length;
  const members = memberships
    .filter((m) => m['reponse'] === 'adhere')
    .map((m) => ({
      ...buyer(m),
      population: Number(m['population_municipale']),
      populationSource: 'adhesions.csv',
      resolutionOn: m['deliberation_le'] || null,
      resolutionNumber: m['deliberation_numero'] || null,
      formSignedOn: m['bulletin_le'] || null,
      lots: m['lots']!.split(',').map(Number),
      validLines: received(m['siret']!, 'valide'),
      lateLines: received(m['siret']!, 'hors_delai'),
      draftLines: received(m['siret']!, 'brouillon'),
    }))
    .sort(byKey)
    .slice(0, memberLimit);
  const memberKeys = new Set(members.map((m) => m.key));
  const lotNumbers = [...new Set(catalogue.map((c) => Number(c['lot'])))].sort((a, b) => a - b);
  const lots = lotNumbers.map((number) => {
    const items = catalogue.filter((c) => Number(c['lot']) === number);
    const first = items[0]!;
    return {
      number,
      title: first['intitule_lot']!,
      cpv: first['cpv']!,
      cpvLabel: 'Libellé CPV',
      family: first['famille'] as 'fournitures',
      contractForm: first['forme']!,
      items: items.map((c) => ({
        code: c['code_article']!,
        designation: c['designation']!,
        unit: c['unite']!,
        unitLabel: UNITS[c['unite']!] ?? c['unite']!,
        packaging: c['conditionnement']!,
        unitPrice: unitPriceToDecimal(unitPriceFromDecimal(dot(c['prix_unitaire_estime_ht']))),
        vatRate: vatRateToDecimal(vatRateFromDecimal(dot(c['taux_tva']))),
        m57Nature: c['nature_m57']!,
      })),
    };
  });
  const order = new Map(catalogue.map((c, i) => [c['code_article']!, i]));
  const quantity = (text: string | undefined) =>
    text === '' ? null : quantityToDecimal(quantityFromDecimal(dot(text)));
  const valid = needs
    .filter((n) => n['etat'] === 'valide' && memberKeys.has(keyOf.get(n['siret']!)!))
    .map((n) => ({
      memberKey: keyOf.get(n['siret']!)!,
      itemCode: n['code_article']!,
      minimum: quantity(n['quantite_min']),
      estimate: quantity(n['quantite_estimee'])!,
      maximum: quantity(n['quantite_max']),
    }))
    .sort((a, b) =>
      a.memberKey === b.memberKey
        ? order.get(a.itemCode)! - order.get(b.itemCode)!
        : a.memberKey < b.memberKey
          ? -1
          : 1,
    );
  const total = (lines: typeof valid, pick: (line: (typeof valid)[number]) => string) =>
    quantityToDecimal(sum(lines.map((line) => quantityFromDecimal(pick(line)))));
  const quantities = lots
    .flatMap((lot) => lot.items)
    .map((item) => {
      const lines = valid.filter((line) => line.itemCode === item.code);
      return {
        itemCode: item.code,
        minimum: total(lines, (line) => line.minimum ?? '0'),
        estimate: total(lines, (line) => line.estimate),
        maximum: total(lines, (line) => line.maximum ?? line.estimate),
      };
    });
  const amounts = members.flatMap((member) =>
    lots.flatMap((lot) => {
      const rates = [...new Set(lot.items.map((item) => item.vatRate))].sort((a, b) => Number(a) - Number(b));
      return rates.flatMap((vatRate) => {
        const lines = valid.flatMap((line) => {
          const item = lot.items.find((i) => i.code === line.itemCode && i.vatRate === vatRate);
          return item && line.memberKey === member.key
            ? [lineAmount(quantityFromDecimal(line.estimate), unitPriceFromDecimal(item.unitPrice))]
            : [];
        });
        const net = sum(lines);
        const vat = vatOf(net, vatRateFromDecimal(vatRate));
        return lines.length === 0
          ? []
          : [
              {
                memberKey: member.key,
                lot: lot.number,
                vatRate,
                net: centsToDecimal(net),
                vat: centsToDecimal(vat),
              },
            ];
      });
    }),
  );
  const totals = new Map<string, { net: bigint; vat: bigint }>();
  const costs = rows('couts.csv').map((cost) => {
    const only = cost['lots'] ? cost['lots'].split(',').map(Number) : [];
    const concerned = only.length > 0 ? only : lotNumbers;
    const net = centsFromDecimal(dot(cost['montant_ht']));
    const rate = vatRateFromDecimal(dot(cost['taux_tva']));
    const vat = vatOf(net, rate);
    const codes = new Set(
      lots.filter((lot) => concerned.includes(lot.number)).flatMap((lot) => lot.items.map((i) => i.code)),
    );
    const sharing = members.filter((m) =>
      valid.some((line) => line.memberKey === m.key && codes.has(line.itemCode) && line.estimate !== '0'),
    );
    const keys = sharing.map((m) => m.key);
    const populations = sharing.map((m) => BigInt(m.population));
    const wants = keys.map((k) =>
      sum(
        amounts
          .filter((a) => a.memberKey === k && concerned.includes(a.lot))
          .map((a) => centsFromDecimal(a.net)),
      ),
    );
    const equal = keys.map(() => 1n);
    const split = (amount: bigint): bigint[] => {
      if (key === 'equal') return splitAmount(amount, equal, keys);
      if (key === 'population') return splitAmount(amount, populations, keys);
      if (key === 'need') return splitAmount(amount, wants, keys);
      const fixed = divideRounded(amount * 30n, 100n);
      const one = splitAmount(fixed, equal, keys);
      return splitAmount(amount - fixed, populations, keys).map((share, i) => share + one[i]!);
    };
    const nets = key === 'none' ? [] : split(net);
    const vats = key === 'none' ? [] : split(vat);
    const shares = nets.map((value, i) => {
      const before = totals.get(keys[i]!) ?? { net: 0n, vat: 0n };
      totals.set(keys[i]!, { net: before.net + value, vat: before.vat + vats[i]! });
      return { memberKey: keys[i]!, net: centsToDecimal(value), vat: centsToDecimal(vats[i]!) };
    });
    return {
      label: cost['libelle']!,
      net: centsToDecimal(net),
      vatRate: vatRateToDecimal(rate),
      vat: centsToDecimal(vat),
      lots: only,
      shares,
    };
  });
  return {
    title: 'Laval Agglomération - services techniques 2027',
    coordinator: buyer(memberships.find((m) => m['siret'] === '20008339200015')!),
    years: 1,
    renewals: 3,
    members,
    notJoining: memberships
      .filter((m) => m['reponse'] !== 'adhere')
      .map(buyer)
      .sort(byKey),
    lots,
    needs: valid,
    quantities,
    amounts,
    sharing: {
      key,
      fixedShare: key === 'fixed-variable' ? '0.3' : null,
      costs,
      shares: [...totals]
        .map(([memberKey, share]) => ({
          memberKey,
          net: centsToDecimal(share.net),
          vat: centsToDecimal(share.vat),
        }))
        .sort((a, b) => (a.memberKey < b.memberKey ? -1 : 1)),
    },
  };
}

export const sampleVersion = (key?: SharingKeyName, memberLimit?: number): DossierVersion => ({
  number: 1,
  takenOn: '2026-11-23',
  sha256: 'b5f1a2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f',
  content: sampleDossier(key, memberLimit),
});
