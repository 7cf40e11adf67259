/** The forms that a French company's name carries; « sas » in small letters is a word. */
const FORMS =
  /(?<![\p{L}\p{N}])(?:(?:s\.?a\.?r\.?l|e\.?u\.?r\.?l|s\.?a\.?s\.?u|e\.?i\.?r\.?l|s\.?n\.?c|s\.a\.s|selarl|scop|scic|gaec|earl|scea|s\.c\.a|s\.a)(?![\p{L}\p{N}]))/iu;
const FORMS_IN_CAPITALS = /(?<![\p{L}\p{N}])SAS(?![\p{L}\p{N}])/u;

/** SIREN in threes, then the five digits of a SIRET; a VAT number is a SIREN behind FR and two digits. */
const SIREN = /(?<!\d)(?:\d{3}[ .\u2010-\u2015-]?){2}\d{3}(?:[ .\u2010-\u2015-]?\d{5})?(?!\d)/u;
const VAT_NUMBER = /(?<![\p{L}\p{N}])FR ?\d{2} ?(?:\d{3}[ .\u2010-\u2015-]?){2}\d{3}(?!\d)/iu;

/**
 * What in a text points at a supplier, as it stands there: « SARL », « 552 100 554 »; null when nothing does. A name alone
 * goes unseen here: `KnownSuppliersService` asks the directory.
 */
export function supplierIn(text: string): string | null {
  // Wide and thin spaces, full-width digits: what looks like a number reads like one.
  const plain = text.normalize('NFKC').replace(/\s+/gu, ' ');
  for (const pattern of [VAT_NUMBER, SIREN, FORMS, FORMS_IN_CAPITALS]) {
    const [found] = pattern.exec(plain) ?? [];
    if (found !== undefined) return found.trim();
  }
  return null;
}

/** French sentence for a text that points at a supplier. */
export const supplierSentence = (found: string): string =>
  `«\u00a0${found}\u00a0» désigne un fournisseur\u00a0: décrire l’achat, le site ou le motif sans dire chez qui il se fait.`;
