import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LEVERS } from './levers.rules.js';
import { ProtectionQueries } from './protection.queries.js';

/** What a measure chosen on a lot has the documents of the consultation say. */
export interface PrintedClause {
  readonly lotId: string;
  readonly measure: string;
  readonly articles: readonly string[];
  readonly texts: readonly { readonly label: string; readonly text: string }[];
}

/**
 * The only words of this room that bidders read: those that were written to stand in a document. Neither the flag of a
 * lot, nor why it was set, nor a measure that is not printed is told here.
 */
@Injectable()
export class PrintedClausesQueries {
  constructor(private readonly queries: ProtectionQueries) {}

  /** In the order of the catalogue of measures. */
  async ofLots(tx: EntityManager, lotIds: readonly string[]): Promise<PrintedClause[]> {
    const chosen = await this.queries.levers(tx, lotIds);
    return LEVERS.flatMap(({ code, label, articles, fields }) =>
      chosen
        .filter(({ lever }) => lever === code)
        .map(({ lotId, record }) => ({
          ...{ lotId, measure: label, articles },
          texts: fields
            .filter(({ printed }) => printed === true)
            .flatMap((field) =>
              [record[field.key] ?? []].flat().map((value) => ({ label: field.label, text: String(value) })),
            ),
        })),
    ).filter(({ texts }) => texts.length > 0);
  }
}
