import { frenchDate } from '../calendar/plain-date.js';
import { frenchCount, NBSP } from '../money/french.js';
import { on, sheetName } from '../platform/xlsx/address.js';
import { blank, cents, columnSum, date, formula, integer, text } from '../platform/xlsx/cells.js';
import { firstRow, type Row, type Sheet } from '../platform/xlsx/workbook.js';
import { writeWorkbook } from '../platform/xlsx/write-workbook.js';
import { type DocumentKind, WORKBOOK, XLSX } from './document-kind.js';
import { lotAmountAddress, lotSheet } from './needs-workbook-lot.js';
import { duration } from './dossier-changes.rules.js';
import { needsWorkbookModel, type NeedsWorkbookModel } from './needs-workbook-model.js';

/** The needs of all members put together: one sheet per lot, item by member. */
export const needsWorkbookDocument: DocumentKind<NeedsWorkbookModel> = {
  ...WORKBOOK,
  kind: 'needs-workbook',
  part: 'needs',
  templateVersion: '2',
  mediaType: XLSX,
  subjects: () => [''],
  fileName: () => 'besoins-consolides.xlsx',
  model: needsWorkbookModel,
  render: (model) => {
    const names: string[] = [];
    for (const lot of model.lots) names.push(sheetName(`Lot ${lot.number}`, names));
    return writeWorkbook({
      title: `${model.title} – besoins consolidés`,
      creator: model.coordinator,
      createdOn: model.takenOn,
      sheets: [
        readMeSheet(model),
        summarySheet(model, names),
        ...model.lots.map((lot, index) => lotSheet(model, lot, names[index]!)),
      ],
    });
  },
};

const footer = (model: NeedsWorkbookModel): string =>
  `${model.title} – besoins consolidés – version ${model.version} du ${frenchDate(model.takenOn)}`;

function readMeSheet(model: NeedsWorkbookModel): Sheet {
  const fact = (label: string, value: string): Row => ({
    cells: [text(label, 'label'), text(value, 'fact')],
  });
  const names = (list: readonly string[]): string =>
    list.length === 0 ? 'Aucun' : `${frenchCount(list.length)}${NBSP}: ${list.join(', ')}`;
  const section = (title: string): Row[] => [{ cells: [] }, { cells: [text(title, 'section')], height: 22 }];
  return {
    name: 'Lisez-moi',
    footer: footer(model),
    columns: [{ width: 32 }, { width: 88 }],
    rows: [
      { cells: [text('Besoins consolidés', 'title')], height: 26 },
      { cells: [text(model.title, 'subtitle')], height: 20 },
      ...section('Consultation'),
      fact('Objet', model.title),
      fact('Coordonnateur', model.coordinator),
      fact('Version du dossier', String(model.version)),
      { cells: [text('Date', 'label'), date(model.takenOn, 'fact')] },
      fact('Durée', duration(model.years, model.renewals)),
      fact('Membres du groupement', frenchCount(model.members)),
      ...section('Définitions'),
      fact('Besoin compté', 'Ligne transmise dans les délais et valide. Les quantités sont annuelles.'),
      fact('Case vide', 'Sans réponse pour cet article. Une case vide n’est pas un zéro.'),
      fact('0', 'Aucun besoin, confirmé par le membre.'),
      fact('Minimum', 'Somme des quantités minimales déclarées. Un minimum non déclaré compte pour 0.'),
      fact('Total estimé', 'Somme des quantités annuelles estimées des membres.'),
      fact(
        'Maximum',
        'Somme des quantités maximales. Un maximum non déclaré compte pour la quantité estimée.',
      ),
      fact(
        'Montant HT par an',
        `Pour chaque membre, quantité estimée × prix unitaire estimé HT, arrondi au centime${NBSP}; puis somme des membres.`,
      ),
      ...section('Membres non comptés'),
      fact('Sans réponse', names(model.uncounted.silent)),
      fact('Hors délai (non comptés)', names(model.uncounted.late)),
      fact('Brouillon (non comptés)', names(model.uncounted.drafts)),
      fact('N’adhèrent pas', names(model.notJoining)),
    ],
  };
}

function summarySheet(model: NeedsWorkbookModel, names: readonly string[]): Sheet {
  const years = model.years + model.renewals;
  const sheet: Omit<Sheet, 'rows'> = {
    name: 'Synthèse',
    footer: footer(model),
    landscape: true,
    columns: [
      { header: 'Lot', width: 6, look: 'centered' },
      { header: 'Intitulé', width: 52, headerLook: 'headerLeft' },
      { header: 'Articles', width: 10 },
      { header: 'Membres adhérents', width: 12 },
      { header: 'Membres ayant un besoin', width: 14 },
      { header: 'Montant estimé HT par an', width: 18 },
      { header: `Montant estimé HT sur ${years}${NBSP}an${years > 1 ? 's' : ''}`, width: 19 },
    ],
    banner: [
      { cells: [text('Synthèse des besoins', 'title')], height: 26 },
      {
        cells: [
          text(`${model.title} – version ${model.version} du ${frenchDate(model.takenOn)}`, 'subtitle'),
        ],
        height: 20,
      },
      { cells: [text(missing(model), 'warning')], merged: true },
    ],
    headerHeight: 48,
  };
  const first = firstRow(sheet);
  const last = first + model.lots.length - 1;
  const total = model.lots.reduce((amount, lot) => amount + lot.amount, 0n);
  const rows: Row[] = model.lots.map((lot, index) => ({
    cells: [
      integer(lot.number),
      text(lot.title),
      integer(lot.items.length),
      integer(lot.members.length),
      integer(lot.membersWithNeed),
      formula(on(names[index]!, lotAmountAddress(lot)), cents(lot.amount)),
      formula(`F${first + index}*${years}`, cents(lot.amount * BigInt(years))),
    ],
  }));
  const items = model.lots.reduce((count, lot) => count + lot.items.length, 0);
  rows.push({
    look: 'total',
    cells: [
      blank(),
      text('Total'),
      columnSum(3, first, last, integer(items)),
      integer(model.members),
      integer(model.membersWithNeed),
      columnSum(6, first, last, cents(total)),
      columnSum(7, first, last, cents(total * BigInt(years))),
    ],
  });
  rows.push({ cells: [] });
  rows.push({
    merged: true,
    cells: [
      text(
        'Au total, chaque membre est compté une fois, quel que soit le nombre de ses lots. Prix unitaires estimés par le coordonnateur avant consultation.',
        'note',
      ),
    ],
  });
  return { ...sheet, rows };
}

/** The reader of a total must know whom it leaves out. */
function missing(model: NeedsWorkbookModel): string {
  const { silent, late, drafts } = model.uncounted;
  const parts = [
    [silent, 'sans réponse'],
    [late, 'hors délai'],
    [drafts, 'en brouillon'],
  ] as const;
  const said = parts.filter(([list]) => list.length > 0).map(([list, what]) => `${list.length} ${what}`);
  if (said.length === 0) return 'Tous les membres ont répondu.';
  return `Totaux établis sans les membres non comptés${NBSP}: ${said.join(', ')} (voir Lisez-moi).`;
}
