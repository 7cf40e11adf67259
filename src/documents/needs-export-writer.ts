import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { centsFromDecimal, centsToDecimal, vatOf, vatRateFromDecimal } from '../money/amounts.js';
import { quantityFromDecimal, quantityToDecimal, unitPriceFromDecimal } from '../money/amounts.js';
import { unitPriceToDecimal, vatRateToDecimal } from '../money/amounts.js';
import { unitLabel } from '../items/units.rules.js';
import { type CsvCell, csvPieces, FRENCH_CSV, STANDARD_CSV } from '../platform/csv/write.js';
import { writeWorkbook } from '../platform/xlsx/write-workbook.js';
import { type CountedLine, type ExportRow, NeedsExportQueries } from './needs-export.queries.js';
import { NeedsExportReading } from './needs-export-reading.service.js';
import { needsExportWorkbook } from './needs-export-workbook.js';

export interface WrittenExport {
  readonly lineCount: number;
  readonly byteCount: number;
  readonly sha256: string;
}

const HEADER = [
  ...['lot', 'intitule_lot', 'code_article', 'designation', 'unite', 'conditionnement'],
  ...['siret', 'membre', 'quantite_min', 'quantite_estimee', 'quantite_max'],
  ...['prix_unitaire_estime_ht', 'taux_tva', 'montant_ht', 'montant_ttc'],
] as const;

const PART = 1024 * 1024;

/** Writes the files of the counted needs, part by part, in the transaction that reads them. */
@Injectable()
export class NeedsExportWriter {
  constructor(
    private readonly queries: NeedsExportQueries,
    private readonly reading: NeedsExportReading,
  ) {}

  /** The transaction reads one state of the database from its beginning: all sheets say the same. */
  async write(tx: EntityManager, row: ExportRow, at: Date): Promise<WrittenExport> {
    const lineCount = await this.queries.lineCount(tx, row.consultationId);
    const parts = new Parts((number, content) => this.queries.addPart(tx, row.id, number, content));
    if (row.format === 'csv') await this.csv(tx, row, parts);
    else {
      const model = await this.reading.read(tx, row.consultationId, at, lineCount);
      await parts.add(await writeWorkbook(needsExportWorkbook(model)));
    }
    return { lineCount, ...(await parts.end()) };
  }

  private async csv(tx: EntityManager, { consultationId, dialect }: ExportRow, parts: Parts): Promise<void> {
    const lines = this.queries.lines(tx, consultationId);
    const pieces = csvPieces(HEADER, rowsOf(lines), dialect === 'french' ? FRENCH_CSV : STANDARD_CSV);
    for await (const piece of pieces) await parts.add(Buffer.from(piece, 'utf8'));
  }
}

async function* rowsOf(lines: AsyncIterable<CountedLine>): AsyncGenerator<CsvCell[], void, undefined> {
  for await (const line of lines) yield csvRow(line);
}

function csvRow(line: CountedLine): CsvCell[] {
  const net = centsFromDecimal(line.net);
  const quantity = (text: string | null): CsvCell =>
    text === null ? '' : { decimal: quantityToDecimal(quantityFromDecimal(text)) };
  return [
    ...[line.lotNumber, line.lotTitle, line.code, line.designation, unitLabel(line.unit), line.packaging],
    ...[line.siret, line.member, quantity(line.minimum), quantity(line.estimate), quantity(line.maximum)],
    { decimal: unitPriceToDecimal(unitPriceFromDecimal(line.unitPrice)) },
    { decimal: vatRateToDecimal(vatRateFromDecimal(line.vatRate)) },
    { decimal: centsToDecimal(net) },
    { decimal: centsToDecimal(net + vatOf(net, vatRateFromDecimal(line.vatRate))) },
  ];
}

/** Bytes put together in parts of one size, so that a file of any length is written and read part by part. */
class Parts {
  private readonly hash = createHash('sha256');
  private held: Buffer[] = [];
  private heldBytes = 0;
  private number = 0;
  private byteCount = 0;

  constructor(private readonly put: (number: number, content: Buffer) => Promise<void>) {}

  async add(bytes: Buffer): Promise<void> {
    this.hash.update(bytes);
    this.byteCount += bytes.length;
    this.held.push(bytes);
    this.heldBytes += bytes.length;
    if (this.heldBytes >= PART) await this.flush(false);
  }

  async end(): Promise<{ readonly byteCount: number; readonly sha256: string }> {
    await this.flush(true);
    return { byteCount: this.byteCount, sha256: this.hash.digest('hex') };
  }

  private async flush(whole: boolean): Promise<void> {
    let bytes = Buffer.concat(this.held);
    while (bytes.length >= PART || (whole && bytes.length > 0)) {
      await this.put((this.number += 1), bytes.subarray(0, PART));
      bytes = bytes.subarray(PART);
    }
    this.held = [bytes];
    this.heldBytes = bytes.length;
  }
}
