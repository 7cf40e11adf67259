import { UNIT_PRICE_SCALE } from '../money/amounts.js';
import { formatDecimal, parseDecimal } from '../money/decimal.js';
import type { ContractForm, LotFamily } from '../lots/lots.rules.js';

/** An item with its lot's facts, as a file of the catalogue has it; decimals are canonical texts. */
export interface FiledItem {
  readonly lotNumber: number;
  readonly lotTitle: string;
  readonly lotCpvCode: string;
  readonly lotFamily: LotFamily;
  readonly contractForm: ContractForm;
  readonly code: string;
  readonly designation: string;
  readonly unit: string;
  readonly packaging: string;
  readonly unitPrice: string;
  readonly vatRate: string;
  readonly m57Nature: string;
  readonly cpvCode: string | null;
  readonly purchaseFamily: string | null;
  readonly reuseShare: string | null;
}

const comma = (decimal: string): string => decimal.replace('.', ',');

/** The cells of an item in the order of the columns of `catalogue.import.ts`, optional ones last: what it reads back. */
export const filedCells = (item: FiledItem): string[] => [
  String(item.lotNumber),
  item.lotTitle,
  item.lotCpvCode,
  item.lotFamily,
  item.contractForm,
  item.code,
  item.designation,
  item.unit,
  item.packaging,
  comma(formatDecimal(parseDecimal(item.unitPrice, UNIT_PRICE_SCALE), UNIT_PRICE_SCALE, 2)),
  comma(item.vatRate),
  item.m57Nature,
  item.cpvCode ?? '',
  item.purchaseFamily ?? '',
  comma(item.reuseShare ?? ''),
];
