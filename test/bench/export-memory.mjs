/** Writes one CSV of a consultation's needs as the worker does; prints its peak memory, its time and its length. */
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { NeedsExportWriter } from '../../dist/documents/needs-export-writer.js';
import { NeedsExportQueries } from '../../dist/documents/needs-export.queries.js';

const [databaseUrl, consultationId] = process.argv.slice(2);
const source = await new DataSource({ type: 'postgres', url: databaseUrl }).initialize();
const queries = new NeedsExportQueries();
const id = randomUUID();
const at = new Date();
const row = { id, consultationId, format: 'csv', dialect: 'french', requestId: id, requestedAt: at };
await queries.insert(source.manager, row);
const start = performance.now();
const { byteCount } = await source.transaction('REPEATABLE READ', (tx) =>
  new NeedsExportWriter(queries, null).write(tx, row, at),
);
console.log(process.resourceUsage().maxRSS * 1024, Math.round(performance.now() - start), byteCount);
await source.destroy();
