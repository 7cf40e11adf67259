import ExcelJS from 'exceljs';

/** A workbook as a person changes it in a spreadsheet. */
export async function edited(
  file: Buffer,
  change: (needs: ExcelJS.Worksheet, workbook: ExcelJS.Workbook) => void,
): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(file as unknown as ArrayBuffer);
  change(workbook.worksheets[0]!, workbook);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** The row of an item, by its code, and the column of a heading. */
export function cellOf(sheet: ExcelJS.Worksheet, code: string, heading: string): ExcelJS.Cell {
  for (let header = 1; header <= 20; header += 1) {
    const titles = sheet.getRow(header).values as unknown[];
    const column = titles.indexOf(heading);
    const codes = titles.indexOf('Code article');
    if (column < 0 || codes < 0) continue;
    for (let row = header + 1; row <= sheet.rowCount; row += 1)
      if (sheet.getRow(row).getCell(codes).text === code) return sheet.getRow(row).getCell(column);
  }
  throw new Error(`no cell of ${code} under ${heading}`);
}
