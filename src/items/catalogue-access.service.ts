import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ConsultationScopeService } from '../consultations/consultation-scope.service.js';
import type { Caller } from '../platform/access/caller.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { type CataloguePlace, type ItemDetailRow, ItemsQueries, type LotPlace } from './items.queries.js';

type CatalogueKey = 'catalogue.read' | 'catalogue.write';

/** Something of a catalogue that the caller may touch, and the trace to write of it. */
export interface Accessed<T extends CataloguePlace> {
  readonly place: T;
  readonly trace: Trace;
}

/** Finds what a request names, and asserts the right on the group that it belongs to. */
@Injectable()
export class CatalogueAccess {
  constructor(
    private readonly queries: ItemsQueries,
    private readonly scopes: ConsultationScopeService,
  ) {}

  /** @throws {Refused} NOT_FOUND, FORBIDDEN */
  async ofConsultation(
    tx: EntityManager,
    caller: Caller,
    key: CatalogueKey,
    consultationId: string,
  ): Promise<Accessed<CataloguePlace>> {
    return this.granted(tx, caller, key, await this.queries.placeOfConsultation(tx, consultationId));
  }

  /** @throws {Refused} NOT_FOUND, FORBIDDEN */
  async ofLot(
    tx: EntityManager,
    caller: Caller,
    key: CatalogueKey,
    lotId: string,
  ): Promise<Accessed<LotPlace>> {
    return this.granted(tx, caller, key, await this.queries.placeOfLot(tx, lotId));
  }

  /** @throws {Refused} NOT_FOUND, FORBIDDEN */
  async ofItem(
    tx: EntityManager,
    caller: Caller,
    key: CatalogueKey,
    itemId: string,
  ): Promise<Accessed<ItemDetailRow>> {
    return this.granted(tx, caller, key, await this.queries.item(tx, itemId));
  }

  private async granted<T extends CataloguePlace>(
    tx: EntityManager,
    caller: Caller,
    key: CatalogueKey,
    place: T | null,
  ): Promise<Accessed<T>> {
    if (!place) throw new Refused('NOT_FOUND');
    return { place, trace: caller.require(key, await this.scopes.ofGroup(tx, place.groupId)) };
  }
}
