import PDFDocument from 'pdfkit';
import { renderPdf } from '../../dist/platform/pdf/render-pdf.js';
import { FONTS } from '../../dist/platform/pdf/theme.js';
import { figure, inTurn, ratio, seconds, title } from './report.mjs';

const ROWS = 2_500;
const PER_PAGE = 50;
const HEADER = ['Membre', 'Code', 'Désignation', 'Quantité', 'Prix', 'Montant'];
const RIGHT = [false, false, false, true, true, true];
const LEFT_EDGES = [44, 160, 220, 340, 400, 460];
const WIDTHS = [116, 60, 120, 60, 60, 91];
const TABLE = Array.from({ length: ROWS }, (_, i) => [
  `Commune ${i % 34} sur Ouette`,
  `VH-${String(i).padStart(4, '0')}`,
  `Sel de déneigement, sac ${i % 9}`,
  String((i * 37) % 5_000),
  `${(i * 79) % 1_000},${String(i % 100).padStart(2, '0')}`,
  `${(i * 1_047) % 100_000},${String(i % 100).padStart(2, '0')}\u00a0€`,
]);

/** A table of 50 pages: by our renderer, from laid-out widths to running footers, and by tagged pdfkit calls alone. */
export async function benchPdf() {
  title(`PDF, a table of ${ROWS.toLocaleString('en')} rows × ${HEADER.length} columns, tagged`);
  await bare();
  await ours();
  const [our, alone] = await inTurn(7, ours, bare);
  figure('bare tagged pdfkit, median of 7', seconds(alone));
  figure('the renderer, median of 7', seconds(our));
  ratio('renderer / bare', our / alone, 1.4);
}

function ours() {
  const cell = (text) => ({ text, bold: false });
  const table = {
    type: 'table',
    columns: RIGHT.map((right) => ({ align: right ? 'right' : 'left', weight: null })),
    header: HEADER.map(cell),
    rows: TABLE.map((row) => row.map(cell)),
  };
  const page = {
    size: 'A4',
    orientation: 'portrait',
    density: 'compact',
    header: false,
    bookmarks: false,
    maxPages: null,
  };
  return renderPdf(
    { title: 'Mesure', kind: 'bench', templateVersion: '1', page, blocks: [table] },
    { subject: 'Mesure', version: 1, date: '2027-01-01', fingerprint: 'abc', draft: false },
  );
}

async function bare() {
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: 40, bottom: 46, left: 44, right: 44 },
    pdfVersion: '1.7',
    tagged: true,
    lang: 'fr-FR',
    displayTitle: true,
    font: FONTS.regular,
    autoFirstPage: false,
    info: { Title: 'Mesure', CreationDate: new Date('2027-01-01T12:00:00Z') },
  });
  const chunks = [];
  doc.on('data', (chunk) => chunks.push(chunk));
  const end = new Promise((resolve) => doc.on('end', resolve));
  const root = doc.struct('Document');
  doc.addStructure(root);
  const element = (type, parent, options) => {
    const made = doc.struct(type, options);
    parent.add(made);
    return made;
  };
  const table = element('Table', root);
  const [head, body] = [element('THead', table), element('TBody', table)];
  for (let first = 0; first < ROWS; first += PER_PAGE) {
    doc.addPage();
    doc.fontSize(8);
    doc.markContent('Artifact', { type: 'Layout' });
    for (let r = 0; r <= PER_PAGE; r += 1) doc.moveTo(44, 58 + r * 14.5).lineTo(551, 58 + r * 14.5);
    doc.lineWidth(0.4).stroke();
    doc.endMarkedContent();
    if (first === 0)
      row(doc, element('TR', head), HEADER, 46, (tr) => element('TH', tr, { scope: 'Column' }), 'TH');
    else {
      doc.markContent('Artifact', { type: 'Pagination' });
      HEADER.forEach((text, i) => doc.text(text, LEFT_EDGES[i], 46, { lineBreak: false }));
      doc.endMarkedContent();
    }
    TABLE.slice(first, first + PER_PAGE).forEach((cells, r) =>
      row(doc, element('TR', body), cells, 61 + r * 14.5, (tr) => element('TD', tr), 'TD'),
    );
    doc.markContent('Artifact', { type: 'Pagination' });
    doc.text(`Page ${first / PER_PAGE + 1} / ${ROWS / PER_PAGE}`, 500, 815, { lineBreak: false });
    doc.endMarkedContent();
  }
  root.end();
  doc.end();
  await end;
  return Buffer.concat(chunks);
}

function row(doc, tr, cells, y, cellElement, tag) {
  cells.forEach((text, i) => {
    const cell = cellElement(tr);
    cell.add(doc.markStructureContent(tag));
    const x = RIGHT[i] ? LEFT_EDGES[i] + WIDTHS[i] - doc.widthOfString(text) : LEFT_EDGES[i];
    doc.text(text, x, y, { lineBreak: false });
    doc.endMarkedContent();
  });
  tr.end();
}
