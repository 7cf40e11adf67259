import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { needsDecision, type VersionKind } from '../declarations/declaration.rules.js';
import { Refused } from '../platform/refusals/refused.js';
import { CensusQueries, type CensusRow, type ToldVersion } from './census.queries.js';
import { Templates } from '../platform/markdown/templates.js';
import { renderText } from '../platform/texts/text-document.js';
import { receiptModel, receiptText } from './receipt.document.js';

/** The proof of what a member transmitted. */
@Injectable()
export class ReceiptsService {
  constructor(
    private readonly queries: CensusQueries,
    private readonly templates: Templates,
  ) {}

  /** @throws {Refused} NOT_FOUND */
  async pdf(
    tx: EntityManager,
    consultationId: string,
    buyerId: string,
    number: number,
  ): Promise<{ readonly fileName: string; readonly bytes: Buffer }> {
    const census = await this.queries.census(tx, consultationId);
    const version = await this.queries.version(tx, consultationId, buyerId, number);
    if (!census || !version) throw new Refused('NOT_FOUND');
    return { fileName: `${version.receipt}.pdf`, bytes: await this.of(tx, census, version) };
  }

  async of(tx: EntityManager, census: CensusRow, version: ToldVersion): Promise<Buffer> {
    const [lots, lines] = [await this.queries.lots(tx, version.id), await this.queries.lines(tx, version.id)];
    const next = whatFollows(version.kind, census.validationRequired);
    const template = this.templates.get(receiptText.template);
    const model = receiptModel(census, version, lots, lines, next);
    return (await renderText(template, model, 'pdf', receiptText.finish)).bytes;
  }
}

/** What a transmission waits for when it is received: the receipt says the same whenever it is read. */
export const whatFollows = (kind: VersionKind, validationRequired: boolean): string =>
  needsDecision(kind)
    ? 'Reçue après l’échéance\u00a0: elle comptera si le coordonnateur l’accepte.'
    : validationRequired && kind !== 'consolidation'
      ? 'Elle comptera dès que la personne qui valide au nom de la commune l’aura confirmée.'
      : 'Elle compte dès maintenant, à la place de ce qui précédait.';
