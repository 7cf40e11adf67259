import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../platform/database/id.js';
import { Journal } from '../platform/journal/journal.js';
import { Refused } from '../platform/refusals/refused.js';
import type { DeclarationPlace } from './declaration-access.service.js';

/** Who reads a comment: the commune too, or those alone who conduct the census. */
export const VISIBILITIES = ['commune', 'internal'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

export interface CommentRow {
  readonly id: string;
  /** Null: of the declaration as a whole. */
  readonly itemId: string | null;
  readonly code: string | null;
  readonly visibility: Visibility;
  /** Null for a program; « Personne effacée » once the person was. */
  readonly authorName: string | null;
  readonly writtenAt: Date;
  readonly text: string;
}

/** What people say of a declaration, or of one of its lines: kept as it was written. */
@Injectable()
export class CommentsService {
  constructor(private readonly journal: Journal) {}

  /** @param andInternal for those who conduct the census @returns the oldest first */
  comments(
    tx: EntityManager,
    { consultationId, buyerId }: Pick<DeclarationPlace, 'consultationId' | 'buyerId'>,
    andInternal: boolean,
  ): Promise<CommentRow[]> {
    return tx.query<CommentRow[]>(
      `select c.id, c.item_id as "itemId", i.code, c.visibility, p.name as "authorName", c.written_at as "writtenAt", c.text
       from need_comment c left join item i on i.id = c.item_id left join person p on p.id = c.author_id
       where c.consultation_id = $1 and c.buyer_id = $2 and ($3 or c.visibility = 'commune')
       order by c.written_at, c.id`,
      [consultationId, buyerId, andInternal],
    );
  }

  /**
   * The right was asserted by the caller, that of writing for oneself included.
   *
   * @param itemId an item of a lot that the member joined; null: of the whole
   * @throws {Refused} NEEDS_NOT_OPEN; COMMENT_ON_UNKNOWN_ITEM
   */
  async write(
    tx: EntityManager,
    place: DeclarationPlace,
    at: Date,
    comment: { readonly text: string; readonly visibility: Visibility; readonly itemId: string | null },
  ): Promise<CommentRow> {
    const { groupId, consultationId, buyerId, trace } = place;
    const { text, visibility, itemId } = comment;
    const [known] = await tx.query<{ open: boolean; item: boolean }[]>(
      `select exists (select from need_campaign where consultation_id = $1) as open,
              $3::uuid is null or exists (
                select from item i join lot_participation p on p.lot_id = i.lot_id and p.buyer_id = $2
                where i.id = $3 and i.consultation_id = $1) as item`,
      [consultationId, buyerId, itemId],
    );
    if (!known!.open) throw new Refused('NEEDS_NOT_OPEN');
    if (!known!.item) throw new Refused('COMMENT_ON_UNKNOWN_ITEM');
    const id = newId();
    await tx.query(
      `insert into need_comment (id, consultation_id, buyer_id, item_id, visibility, author_id, written_at, text)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        ...[id, consultationId, buyerId, itemId, visibility],
        ...[trace.actorKind === 'person' ? trace.actorId : null, at, text],
      ],
    );
    // Its text may name somebody; of an internal one, the commune reads nothing in its own journal.
    if (visibility === 'commune')
      await this.journal.write(tx, trace, at, [
        {
          ...{ groupId, buyerId, subject: 'declaration', subjectId: consultationId, key: 'needs.comment' },
          before: null,
          after: { commentId: id, itemId },
        },
      ]);
    else
      await this.journal.write(tx, trace, at, [
        {
          ...{
            groupId,
            buyerId: null,
            subject: 'declaration',
            subjectId: consultationId,
            key: 'needs.comment',
          },
          before: null,
          after: { commentId: id, internal: true },
        },
      ]);
    const all = await this.comments(tx, place, true);
    return all.find((one) => one.id === id)!;
  }
}
