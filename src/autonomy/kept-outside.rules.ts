import { supplierIn, supplierSentence } from './supplier-words.rules.js';

/** What kind of purchase the law sees: each has its threshold. As lots have it. */
export const NATURES = ['fournitures', 'services', 'travaux'] as const;
export type Nature = (typeof NATURES)[number];

/** What a member buys by itself, in its own words. */
export interface KeptWords {
  readonly family: string;
  readonly label: string | null;
  readonly site: string | null;
  readonly reason: string;
}

export const KEPT_WORDS = [
  'family',
  'label',
  'site',
  'reason',
] as const satisfies readonly (keyof KeptWords)[];

export interface KeptFault {
  readonly field: keyof KeptWords;
  readonly code: 'namesSupplier' | 'namesNothing';
  readonly sentence: string;
}

/**
 * Why the words of a purchase kept outside are refused, all of it: they say what and where, and never from whom. What a
 * commune keeps is known to the group and may be communicated; its suppliers are no business of either.
 *
 * @param known what names a supplier of the directory in these words, by text
 */
export function keptFaults(words: KeptWords, known: ReadonlyMap<string, string> = new Map()): KeptFault[] {
  const faults: KeptFault[] = KEPT_WORDS.flatMap((field) => {
    const text = words[field] ?? '';
    const found = supplierIn(text) ?? known.get(text) ?? null;
    return found === null
      ? []
      : [{ field, code: 'namesSupplier' as const, sentence: supplierSentence(found) }];
  });
  if (words.label === null && words.site === null)
    faults.push({
      field: 'label',
      code: 'namesNothing',
      sentence: 'Indiquer l’article (label), le site (site), ou les deux.',
    });
  return faults;
}
