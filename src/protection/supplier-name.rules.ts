/** Forms of companies, in capitals: « sa » and « ei » are words, « SA » is a form. */
const FORMS =
  /(?<![\p{L}\p{N}])(SARL|S\.A\.R\.L\.?|SASU?|S\.A\.S\.?(?:U\.?)?|SA|S\.A\.|EURL|E\.U\.R\.L\.?|EIRL|SNC|SCOP|SCIC|SCEA|SCA|EARL|GAEC|GIE|CUMA)(?![\p{L}\p{N}])/u;
/** « Établissements Martin », « Ets Martin », « société Dupont », « Martin et Fils », « Durand Frères ». */
const NAMED =
  /(?<![\p{L}\p{N}])(?:(?:[ÉEée]tablissements|[Ee]ts\.?|[Ss]ociété|[Ee]ntreprise|[Mm]aison|[Gg]roupe)\s+(?:\p{Lu}[\p{L}’'-]+)|\p{Lu}[\p{L}’'-]+\s+(?:et|&)\s+(?:[Ff]ils|[Ff]rères|[Ff]ille|[Cc]ie|[Cc]ompagnie|[Aa]ssociés))(?![\p{L}\p{N}])/u;
/** Digits as people group them. */
const SPACE = '[ .\\u00a0\\u202f-]?';
const SIRET = new RegExp(`(?<!\\d)(?:\\d${SPACE}){13}\\d(?!\\d)`, 'u');
/** Nine digits are a SIREN, unless they are an amount or the beginning of a longer number. */
const SIREN = new RegExp(
  `(?<![\\d,])\\d{3}${SPACE}\\d{3}${SPACE}\\d{3}(?!${SPACE}\\d)(?!,\\d)(?!\\s*(?:€|euros?|EUR))`,
  'u',
);

/**
 * What looks like the name of a firm in a text that any reader of the file may read: a SIRET or a SIREN, the form of a
 * company, or a name after « société ». Null when nothing does. It guards against carelessness, not against a will.
 * A name alone goes unseen here: the directory of suppliers is asked beside.
 */
export function supplierTrace(text: string): string | null {
  const clean = text.normalize('NFKC').replace(/[\u200b-\u200d\u00ad]/gu, '');
  for (const pattern of [SIRET, SIREN, FORMS, NAMED]) {
    const found = pattern.exec(clean);
    if (found) return found[0].trim();
  }
  return null;
}
