import { type Cents, centsFromDecimal, divideRounded, sum, vatRateFromDecimal } from '../money/amounts.js';
import { parseDecimal } from '../money/decimal.js';
import { frenchAmount, frenchCount, frenchEuros, frenchRate } from '../money/french.js';
import { type ExampleBasis, type ExampleShare, exampleShares } from './agreement-example.rules.js';
import type { Dossier, DossierCost } from './dossier.js';

/** The first cost of the dossier, shared before the reader's eyes. */
export interface WorkedExample {
  readonly label: string;
  readonly net: string;
  readonly rate: string;
  readonly vat: string;
  readonly gross: string;
  /** Sum of the bases, and how many members share. */
  readonly basis: string;
  readonly members: number;
  /** Under a fixed part: its amount, and the rest. */
  readonly fixed: string | null;
  readonly variable: string | null;
  readonly spareNet: number;
  readonly spareVat: number;
  /** One member, whose sum is written out in the text. */
  readonly first: ExampleLine;
  readonly lines: readonly ExampleLine[];
  /** Foot of the table, where the headings bear the units. */
  readonly total: Readonly<Record<'basis' | 'net' | 'vat' | 'gross', string>>;
}

export interface ExampleLine {
  readonly name: string;
  readonly basis: string;
  readonly exactNet: string;
  readonly net: string;
  readonly spareNet: string;
  readonly exactVat: string;
  readonly vat: string;
  readonly spareVat: string;
  readonly gross: string;
}

/**
 * @returns null when no cost is shared
 * @throws when the shares of the dossier are not those that its key gives: an agreement must not contradict its example
 */
export function workedExample(content: Dossier): WorkedExample | null {
  const { key, fixedShare, costs } = content.sharing;
  const cost = costs.find((each) => each.shares.length > 0);
  if (key === 'none' || !cost) return null;
  const keys = cost.shares.map((share) => share.memberKey);
  const names = new Map(content.members.map((member) => [member.key, member.name]));
  const weights = weightsOf(content, cost, keys);
  const net = centsFromDecimal(cost.net);
  const vat = centsFromDecimal(cost.vat);
  const perTenThousand = fixedShare === null ? null : parseDecimal(fixedShare, 4);
  const basis: ExampleBasis =
    key === 'equal' ? 'equal' : perTenThousand === null ? 'weight' : { fixedShare: perTenThousand };
  const nets = exampleShares(net, basis, weights, keys);
  const vats = exampleShares(vat, basis, weights, keys);
  checkAgainst(cost, nets, vats);

  const inEuros = key === 'need';
  const lines = keys.map((memberKey, i): ExampleLine => {
    const [shareNet, shareVat, weight] = [nets[i]!, vats[i]!, weights[i]!];
    return {
      name: names.get(memberKey) ?? memberKey,
      basis: inEuros ? frenchAmount(weight) : frenchCount(weight),
      exactNet: shareNet.exact,
      net: frenchAmount(shareNet.rounded),
      spareNet: spareOf(shareNet.spare),
      exactVat: shareVat.exact,
      vat: frenchAmount(shareVat.rounded),
      spareVat: spareOf(shareVat.spare),
      gross: frenchAmount(shareNet.rounded + shareVat.rounded),
    };
  });
  const shown = nets.findIndex((share) => share.spare > 0n);
  const fixed = perTenThousand === null ? null : divideRounded(net * perTenThousand, 10_000n);
  const total = sum(weights);
  return {
    label: cost.label,
    net: frenchEuros(net),
    rate: frenchRate(vatRateFromDecimal(cost.vatRate)),
    vat: frenchEuros(vat),
    gross: frenchEuros(net + vat),
    basis: inEuros ? frenchEuros(total) : frenchCount(total),
    members: keys.length,
    fixed: fixed === null ? null : frenchEuros(fixed),
    variable: fixed === null ? null : frenchEuros(net - fixed),
    spareNet: spareCount(nets),
    spareVat: spareCount(vats),
    first: lines[Math.max(shown, 0)]!,
    lines,
    total: {
      basis: inEuros ? frenchAmount(total) : frenchCount(total),
      net: frenchAmount(net),
      vat: frenchAmount(vat),
      gross: frenchAmount(net + vat),
    },
  };
}

function weightsOf(content: Dossier, cost: DossierCost, keys: readonly string[]): bigint[] {
  const { key } = content.sharing;
  if (key === 'equal') return keys.map(() => 1n);
  if (key === 'need')
    return keys.map((memberKey) =>
      sum(
        content.amounts
          .filter((amount) => amount.memberKey === memberKey)
          .filter((amount) => cost.lots.length === 0 || cost.lots.includes(amount.lot))
          .map((amount) => centsFromDecimal(amount.net)),
      ),
    );
  const populations = new Map(content.members.map((member) => [member.key, BigInt(member.population)]));
  return keys.map((memberKey) => populations.get(memberKey) ?? 0n);
}

function checkAgainst(cost: DossierCost, nets: readonly ExampleShare[], vats: readonly ExampleShare[]): void {
  const same = cost.shares.every(
    (share, i) =>
      centsFromDecimal(share.net) === nets[i]!.rounded && centsFromDecimal(share.vat) === vats[i]!.rounded,
  );
  if (!same) throw new Error(`the shares of "${cost.label}" are not those that the sharing key gives`);
}

const spareOf = (spare: Cents): string => (spare === 0n ? '' : `+${frenchAmount(spare)}`);
const spareCount = (shares: readonly ExampleShare[]): number =>
  Number(sum(shares.map((share) => share.spare)));
