import { TRADES } from './firm-words.rules.js';
import { alone, spaced } from './wording-text.rules.js';

/** « délai de livraison à … », « livrés dans … »: what comes next is where one delivers. */
const TO = "(?:a|au|aux|dans|sur|chez|en|jusqu['’] ?(?:a|au|aux)) ";
const DELIVERED = new RegExp(
  spaced(
    `(?:^|[^\\p{L}])(?:(?:delais?|horaires?|jours?|creneaux?|frequences?|lieux?|adresses?|points?|frais|tournees?|modalites|conditions) (?:maxima(?:l|ux) |moyens? )?(?:de |d['’])(?:la )?(?:livraisons?|remise|enlevement)|livree?s?) (?:[\\p{L}\\d’',-]{1,20} ){0,4}?${TO}([^]*)$`,
  ),
  'u',
);
/** Where goods come from is no delivery place. */
const FROM_A_SELLER = new RegExp(
  `${spaced(alone([TRADES, 'titulaires?', 'prestataires?', 'fournisseurs?', 'depots?', 'agences?', 'ateliers?', 'entrepots?', 'depuis', 'a partir', 'origine', 'provenance']))}|fabri|produi|situe|implant|base|install|local`,
  'u',
);
const STOP = /[.;:!?\n]/u;

/** Whether what begins there is the place where one delivers. @param searched without accents or capitals */
export function isDeliveryPlace(searched: string, at: number): boolean {
  const before = searched
    .slice(Math.max(0, at - 110), at)
    .split(STOP)
    .at(-1)!;
  const found = DELIVERED.exec(before);
  return found !== null && !FROM_A_SELLER.test(found[0]);
}
