import { allocationWorkbookDocument } from '../../src/documents/allocation-workbook.document.js';
import { needsWorkbookDocument } from '../../src/documents/needs-workbook.document.js';
import type { Dossier, DossierVersion } from '../../src/documents/dossier.js';
import { quantityFromDecimal, quantityToDecimal } from '../../src/money/amounts.js';
import { splitAmount } from '../../src/money/split.js';
import { differences, printedWords, readSpreadsheet, recalculate, zipParts } from '../support/spreadsheet.js';
import { sampleVersion } from '../support/sample-dossier.js';
import { requireTool } from '../support/tools.js';

const HOSTILE = [
  "=CMD()|'L'Huisserie",
  '+1 Communauté de communes []:*?/\\ au nom bien plus long que trente et un caractères',
  '<b>&"\'',
];

/** Twice the members of the sample, named to hurt: 64 of them in each lot, and costs split again. */
function wideVersion(): DossierVersion {
  const version = sampleVersion('equal');
  const { content } = version;
  const again = <T extends { readonly memberKey: string }>(list: readonly T[]): T[] =>
    list.flatMap((one) => [one, { ...one, memberKey: `${one.memberKey}b` }]);
  const members = content.members.flatMap((member, index) =>
    ['', 'b'].map((suffix) => ({
      ...member,
      key: `${member.key}${suffix}`,
      name: suffix === '' ? member.name : `${HOSTILE[index % HOSTILE.length]} ${index}`,
      lots: content.lots.map((lot) => lot.number),
    })),
  );
  const double = (text: string): string => quantityToDecimal(2n * quantityFromDecimal(text));
  const sharing: Dossier['sharing'] = { ...content.sharing, costs: [], shares: [] };
  return {
    ...version,
    content: {
      ...content,
      title: '@SUM(A1) & <Fils>',
      members,
      needs: again(content.needs),
      amounts: again(content.amounts),
      quantities: content.quantities.map((total) => ({
        ...total,
        minimum: double(total.minimum),
        estimate: double(total.estimate),
        maximum: double(total.maximum),
      })),
      sharing: members.length === 64 ? withOneCost(sharing, members) : sharing,
    },
  };
}

function withOneCost(sharing: Dossier['sharing'], members: Dossier['members']): Dossier['sharing'] {
  const keys = members.map((member) => member.key);
  const cents = (total: bigint) =>
    splitAmount(
      total,
      keys.map(() => 1n),
      keys,
    ).map((share) => `${share / 100n}.${String(share % 100n).padStart(2, '0')}`);
  const vats = cents(20_001n);
  const shares = cents(100_003n).map((net, index) => ({ memberKey: keys[index]!, net, vat: vats[index]! }));
  const cost = { label: '-1 avis', net: '1000.03', vatRate: '20', vat: '200.01', lots: [], shares };
  return { ...sharing, costs: [cost], shares };
}

describe('64 members with hostile names', () => {
  const version = wideVersion();
  let files: Buffer[];
  beforeAll(async () => {
    files = [
      await needsWorkbookDocument.render(needsWorkbookDocument.model(version, '')),
      await allocationWorkbookDocument.render(allocationWorkbookDocument.model(version, '')),
    ];
  });

  test('names remain texts, whatever they begin with', () => {
    for (const file of files)
      for (const cells of readSpreadsheet(file).values())
        for (const { value, formula } of cells.values())
          if (/^[=+@-]/.test(String(value)) && typeof value === 'string') expect(formula).toBeUndefined();
    const names = [...readSpreadsheet(files[1]!).get('Répartition')!]
      .filter(([at]) => /^C\d+$/.test(at))
      .map(([, cell]) => cell.value);
    for (const { name } of version.content.members) expect(names).toContain(name);
  });

  test('a matrix too wide for one page is printed on several, with its items repeated', () => {
    const parts = zipParts(files[0]!);
    expect(parts.get('xl/worksheets/sheet3.xml')).toMatch(/ fitToWidth="4" fitToHeight="0"/);
    expect(parts.get('xl/workbook.xml')).toContain('&apos;Lot 1&apos;!$A:$B,&apos;Lot 1&apos;!$4:$5<');
  });

  test('no sheet of a lot prints below 7 points; the items are on each of its pages', () => {
    if (!requireTool('soffice') || !requireTool('pdftotext')) return;
    const words = printedWords(files[0]!);
    const { lots } = version.content;
    const codes = new Set(lots.flatMap((lot) => lot.items.map((item) => item.code)));
    const printed = words.filter(({ text }) => codes.has(text));
    // A line of 7 points is 8.0 high in Liberation Sans, 8.1 in DejaVu Sans and 8.5 in Carlito.
    expect(Math.min(...printed.map(({ height }) => height))).toBeGreaterThan(8);
    expect(new Set(printed.map(({ page }) => page)).size).toBeGreaterThan(2 * lots.length);
  });

  test('every check is OK and LibreOffice finds the same figures', () => {
    expect(readSpreadsheet(files[1]!).get('Synthèse')!.get('C4')?.value).toBe('OK');
    if (!requireTool('soffice')) return;
    const all = recalculate(files);
    files.forEach((file, index) => expect(differences(readSpreadsheet(file), all[index]!)).toEqual([]));
  });
});
