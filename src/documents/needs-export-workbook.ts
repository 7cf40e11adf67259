import type { Workbook } from '../platform/xlsx/workbook.js';
import { lotSheet, memberSheet } from './needs-export-layout.js';
import type { NeedsExportModel } from './needs-export-reading.service.js';
import { clusterSheets, itemSheet, linesSheet, uncountedSheet } from './needs-export-sheets.js';

/** The workbook of the counted needs: who is not counted is said on its first sheet, and named on one of its own. */
export const needsExportWorkbook = (model: NeedsExportModel): Workbook => ({
  title: `${model.title} – besoins recensés`,
  creator: model.coordinator,
  createdOn: model.takenOn,
  sheets: [
    lotSheet(model),
    itemSheet(model),
    memberSheet(model),
    ...clusterSheets(model),
    uncountedSheet(model),
    ...(model.lines === null ? [] : [linesSheet(model, model.lines)]),
  ],
});
