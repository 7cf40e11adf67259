import type { Check } from '../law/check.js';
import { wordingChecks } from '../law/wording.rules.js';

/** The designations of a lot's items, read for brands, origins and places (CCP R2111-7): one check for the lot. */
export const itemWordingChecks = ({
  number,
  items,
}: {
  readonly number: number;
  readonly items: readonly { readonly designation: string }[];
}): Check[] =>
  wordingChecks([
    {
      kind: 'specification',
      where: `le bordereau du lot\u00a0${number}`,
      texts: items.map(({ designation }) => designation),
      motive: null,
    },
  ]);
