import { frenchDate } from '../calendar/plain-date.js';
import { writeWorkbook } from '../platform/xlsx/write-workbook.js';
import { type DocumentKind, WORKBOOK, XLSX } from './document-kind.js';
import { priceScheduleModel, type PriceScheduleModel } from './price-schedule-model.js';
import { priceSheet, quantitySheet } from './price-schedule-sheets.js';

/** A lot's unit price schedule (BPU) and quantity estimate (DQE), in one workbook. */
export const priceScheduleDocument: DocumentKind<PriceScheduleModel> = {
  ...WORKBOOK,
  kind: 'price-schedule',
  part: 'dce',
  templateVersion: '1',
  mediaType: XLSX,
  subjects: (dossier) => dossier.content.lots.map((lot) => String(lot.number)),
  fileName: (subject) => `dce/lot-${subject.padStart(2, '0')}-bpu-dqe.xlsx`,
  model: priceScheduleModel,
  render: (model) =>
    writeWorkbook({
      title: `${model.title} – lot ${model.lot.number} – BPU et DQE`,
      creator: model.coordinator,
      createdOn: model.takenOn,
      sheets: [
        priceSheet(model, footer(model, 'bordereau des prix unitaires')),
        quantitySheet(model, footer(model, 'détail quantitatif estimatif')),
      ],
    }),
};

const footer = (model: PriceScheduleModel, sheet: string): string =>
  `${model.title} – lot ${model.lot.number}, ${sheet} – version ${model.version} du ${frenchDate(model.takenOn)}`;
