import { Injectable } from '@nestjs/common';
import type { ConsultationScope } from '../consultations/consultation-scope.service.js';
import type { Caller } from '../platform/access/caller.js';
import type { PermissionKey } from '../platform/access/permission-key.js';
import type { CheckSubject, ListedCheck } from './checks.rules.js';

/** A check is for whoever may read what it is about. */
const RIGHTS: Readonly<Record<CheckSubject, PermissionKey>> = {
  group: 'group.read',
  consultation: 'consultation.read',
  sourcing: 'sourcing.read',
  items: 'catalogue.read',
  terms: 'terms.read',
  protection: 'lot.protection.read',
  needs: 'group.kept-outside.read',
  procedure: 'consultation.read',
};

/** Who may see which check of a consultation. */
@Injectable()
export class CheckRights {
  maySee(caller: Caller, scope: ConsultationScope, { subject, member }: ListedCheck): boolean {
    return caller.may(RIGHTS[subject], member === null ? scope : { ...scope, buyerIds: [member.buyerId] });
  }

  /** Told by the rights, not by what there is to hide: whether there is something is not told either. */
  seesAll(caller: Caller, { groupId, buyerIds }: ConsultationScope): boolean {
    return Object.values(RIGHTS).every((key) =>
      key === 'group.kept-outside.read'
        ? buyerIds.every((buyerId) => caller.may(key, { groupId, buyerIds: [buyerId] }))
        : caller.may(key, { groupId, buyerIds }),
    );
  }
}
