import { examplePurchase } from '../../src/documents/example-purchase.js';
import type { DossierVersion, SharingKeyName } from '../../src/documents/dossier.js';
import type { Purchase, PurchaseGroup } from '../../src/documents/purchase.js';
import { sampleVersion } from './sample-dossier.js';

/**
 * The sample, with all that a purchase may say, or the least; its first member has decided nothing yet.
 *
 * @param change what a test says otherwise
 */
export function purchaseVersion(
  { full = true, key = 'population' }: { full?: boolean; key?: SharingKeyName } = {},
  change: (purchase: Purchase) => Purchase = (purchase) => purchase,
): DossierVersion {
  const version = sampleVersion(key);
  const [first, ...others] = version.content.members;
  const members = [{ ...first!, resolutionOn: null, resolutionNumber: null }, ...others];
  const purchase = examplePurchase(
    version.content.lots.map(({ number }) => number),
    members,
    full,
  );
  return { ...version, content: { ...version.content, members, purchase: change(purchase) } };
}

/** The same, with other rules of the group. */
export const groupVersion = (change: Partial<PurchaseGroup>, full = true): DossierVersion =>
  purchaseVersion({ full }, (purchase) => ({ ...purchase, group: { ...purchase.group, ...change } }));

/** Whoever coordinates declared no need of its own. */
export const withoutCoordinatorNeed = ({ content, ...version }: DossierVersion): DossierVersion => ({
  ...version,
  content: {
    ...content,
    amounts: content.amounts.filter(({ memberKey }) => memberKey !== content.coordinator.key),
  },
});
