import { TRADES } from './firm-words.rules.js';
import { alone, spaced } from './wording-text.rules.js';

/** « délai de livraison à … », « livrés dans … »: what comes next is where one delivers. */
const TO = "(?:a|au|aux|dans|sur|chez|en|jusqu['’] ?(?:a|au|aux)) ";
const delivered = (heads: string): RegExp =>
  new RegExp(
    spaced(
      `(?:^|[^\\p{L}])(?:${heads}(?:delais?|horaires?|jours?|creneaux?|frequences?|lieux?|adresses?|points?|frais|tournees?|modalites|conditions) (?:maxima(?:l|ux) |moyens? )?(?:de |d['’])(?:la )?(?:livraisons?|remise|enlevement)|livree?s?) (?:[\\p{L}\\d’',-]{1,20} ){0,4}?${TO}([^]*)$`,
    ),
    'u',
  );
const DELIVERED = delivered('');
const DELIVERY = delivered('livraisons?|');
/** Where goods come from is no delivery place. */
const FROM_A_SELLER = new RegExp(
  `${spaced(alone([TRADES, 'titulaires?', 'prestataires?', 'fournisseurs?', 'depots?', 'agences?', 'ateliers?', 'entrepots?', 'depuis', 'a partir', 'origine', 'provenance']))}|fabri|produi|situe|implant|base|install|local`,
  'u',
);
const STOP = /[.;:!?\n]/u;

/**
 * Whether what begins there is the place where one delivers.
 *
 * @param searched without accents or capitals
 * @param anyDelivery « livraison au siège » is enough; a commune that is named wants its delay, or that one delivers there
 */
export function isDeliveryPlace(searched: string, at: number, anyDelivery = false): boolean {
  const before = searched
    .slice(Math.max(0, at - 110), at)
    .split(STOP)
    .at(-1)!;
  const found = (anyDelivery ? DELIVERY : DELIVERED).exec(before);
  return found !== null && !FROM_A_SELLER.test(found[0]);
}
