import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SignedWordsService } from '../accounts/signed-words.service.js';
import { ConsultationsQueries } from '../consultations/consultations.queries.js';
import { VersionsService } from '../declarations/versions.service.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { CensusQueries, type CensusRow, type ToldVersion } from './census.queries.js';

/** The link by which a mayor says, without an account, that what was transmitted was not agreed to. */
@Injectable()
export class ContestationsService {
  constructor(
    private readonly words: SignedWordsService,
    private readonly queries: CensusQueries,
    private readonly consultations: ConsultationsQueries,
    private readonly versions: VersionsService,
  ) {}

  /** Reading it does nothing: mail scanners open links. @throws {Refused} NOT_FOUND */
  async describe(
    tx: EntityManager,
    word: string,
  ): Promise<{ readonly census: CensusRow; readonly version: ToldVersion }> {
    const id = await this.words.read('contestation', word);
    const version = id === null ? null : await this.queries.versionOfId(tx, id);
    const census = version && (await this.queries.census(tx, version.consultationId));
    if (!census) throw new Refused('NOT_FOUND');
    return { census, version };
  }

  /** @throws {Refused} NOT_FOUND, and what {@link VersionsService.contest} refuses: nothing is contested once published */
  async contest(
    tx: EntityManager,
    requestId: string | null,
    word: string,
    reason: string,
  ): Promise<ToldVersion> {
    const { version } = await this.describe(tx, word);
    const { consultationId, buyerId, number } = version;
    const groupId = await this.consultations.groupOf(tx, consultationId);
    const trace: Trace = {
      actorKind: 'system',
      actorId: null,
      actorName: 'lien de contestation',
      tokenId: null,
      onBehalfOf: null,
      channel: 'page',
      requestId,
    };
    await this.versions.contest(tx, { groupId, consultationId, buyerId, trace }, number, reason);
    return (await this.queries.versionOfId(tx, version.id))!;
  }
}
