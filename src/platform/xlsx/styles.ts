import type ExcelJS from 'exceljs';

export type Format = keyof typeof FORMATS;
export type Look = keyof typeof LOOKS;
export type Style = Partial<ExcelJS.Style>;

/** Codes are in en-US form; the reader's locale displays « 1 234,56 € ». */
const FORMATS = {
  general: 'General',
  text: '@',
  euros: '#,##0.00\\ "€"',
  // "?" keeps the decimal commas of a column under each other.
  unitPrice: '#,##0.00??\\ "€"',
  integer: '#,##0',
  decimals1: '#,##0.0',
  decimals2: '#,##0.00',
  decimals3: '#,##0.000',
  percent: '0\\ %',
  percent1: '0.0\\ %',
  percent2: '0.00\\ %',
  date: 'dd/mm/yyyy',
} as const;

const INK = 'FF1B2A2F';
const BRAND = 'FF0B5563';
const RULE = 'FFB8C4C8';

const solid = (argb: string): ExcelJS.Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } });
const font = (more: Partial<ExcelJS.Font> = {}): Partial<ExcelJS.Font> => ({
  name: 'Calibri',
  family: 2,
  size: 11,
  color: { argb: INK },
  ...more,
});
const edge = (style: ExcelJS.BorderStyle, argb: string) => ({ style, color: { argb } });
const grid: Partial<ExcelJS.Borders> = {
  top: edge('thin', RULE),
  bottom: edge('thin', RULE),
  left: edge('thin', RULE),
  right: edge('thin', RULE),
};
const totalBorder = { ...grid, top: edge('medium', BRAND) };
const inputEdge = edge('thin', 'FF8A6D00');
const header: Style = {
  font: font({ bold: true, color: { argb: 'FFFFFFFF' } }),
  fill: solid(BRAND),
  border: grid,
  alignment: { horizontal: 'center', vertical: 'middle', wrapText: true },
};

/**
 * What a cell looks like, whatever its format. `line` is `body` without wrapping, for long tables;
 * `input` is the only unlocked one.
 */
const LOOKS = {
  plain: { font: font(), alignment: { vertical: 'top' } },
  paragraph: { font: font(), alignment: { vertical: 'top', horizontal: 'left', wrapText: true } },
  title: { font: font({ bold: true, size: 16, color: { argb: BRAND } }), alignment: { vertical: 'middle' } },
  subtitle: { font: font({ color: { argb: 'FF4A5A60' } }), alignment: { vertical: 'middle' } },
  section: {
    font: font({ bold: true, size: 13, color: { argb: BRAND } }),
    alignment: { vertical: 'middle' },
  },
  note: {
    font: font({ size: 10, color: { argb: 'FF4A5A60' } }),
    alignment: { vertical: 'top', horizontal: 'left', wrapText: true },
  },
  warning: {
    font: font({ bold: true, color: { argb: 'FF8C1D18' } }),
    alignment: { vertical: 'top', horizontal: 'left', wrapText: true },
  },
  label: { font: font({ bold: true }), border: grid, alignment: { vertical: 'top', wrapText: true } },
  header,
  headerLeft: { ...header, alignment: { horizontal: 'left', vertical: 'middle', wrapText: true } },
  headerUp: { ...header, alignment: { horizontal: 'center', vertical: 'bottom', textRotation: 90 } },
  body: { font: font(), border: grid, alignment: { vertical: 'middle', wrapText: true } },
  line: { font: font(), border: grid, alignment: { vertical: 'middle' } },
  centered: { font: font(), border: grid, alignment: { vertical: 'middle', horizontal: 'center' } },
  fact: { font: font(), border: grid, alignment: { vertical: 'top', horizontal: 'left', wrapText: true } },
  strong: { font: font({ bold: true }), border: grid, alignment: { vertical: 'middle' } },
  total: {
    font: font({ bold: true }),
    fill: solid('FFE6EFF1'),
    border: totalBorder,
    alignment: { vertical: 'middle' },
  },
  subtotal: {
    font: font(),
    fill: solid('FFE6EFF1'),
    border: grid,
    alignment: { vertical: 'middle' },
  },
  verdict: {
    font: font({ bold: true, color: { argb: 'FF0F6B46' } }),
    border: grid,
    alignment: { vertical: 'middle', horizontal: 'center' },
  },
  input: {
    font: font(),
    fill: solid('FFFFF4C2'),
    border: { top: inputEdge, bottom: inputEdge, left: inputEdge, right: inputEdge },
    alignment: { vertical: 'middle' },
    protection: { locked: false },
  },
} satisfies Record<string, Style>;

/** Looks whose text runs over several lines. */
export const WRAPPING: ReadonlySet<Look> = new Set(
  (Object.keys(LOOKS) as Look[]).filter((look) => (LOOKS[look] as Style).alignment?.wrapText),
);

/** The look of a cell that an audit formula finds wrong. */
export const ALARM: Style = {
  font: { bold: true, color: { argb: 'FFFFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', bgColor: { argb: 'FFB3261E' } },
};

/**
 * One shared, frozen object per look and format: exceljs renders the XML of a style once per object,
 * so a style object per cell would halve the speed.
 */
const STYLES = new Map<string, Record<string, Style>>();

export function styleOf(look: Look, format: Format): Style {
  let formats = STYLES.get(look);
  if (formats === undefined) STYLES.set(look, (formats = {}));
  return (formats[format] ??= Object.freeze({ ...LOOKS[look], numFmt: FORMATS[format] }));
}
