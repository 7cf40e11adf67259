/** Arguments of a constraint, as its decorator received them: `@Length(2, 80)` gives `[2, 80]`. */
type Sentence = (args: readonly unknown[]) => string;

const NBSP = '\u00a0';
const quoted = (values: unknown): string =>
  (Array.isArray(values) ? values : [values]).map((value) => `«${NBSP}${String(value)}${NBSP}»`).join(', ');
const figure = (value: unknown): string => String(value).replace('.', ',');
const counted = (value: unknown, one: string, many: string): string =>
  `${figure(value)}${NBSP}${Number(value) > 1 ? many : one}`;
const characters = (value: unknown): string => counted(value, 'caractère', 'caractères');
const elements = (value: unknown): string => counted(value, 'élément', 'éléments');
const day = (value: unknown): string =>
  value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
const enumerated = (values: unknown): unknown[] =>
  Array.isArray(values) ? values : Object.values(values as object);
const always =
  (sentence: string): Sentence =>
  () =>
    sentence;

/** The sentence of a fault in a list. */
export const ofEach = (sentence: string): string =>
  `Pour chaque élément\u00a0: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;

/**
 * The French sentence of each constraint that a request's shape may carry, by its class-validator name. A constraint
 * that is not here must bring its own `message`; one that does neither stops the start (`constraintsWithoutSentence`).
 */
export const SENTENCES: Readonly<Record<string, Sentence>> = {
  whitelistValidation: always('Ce champ n’existe pas.'),
  nestedValidation: always('Un objet est attendu.'),
  unknownValue: always('Un objet est attendu.'),
  isObject: always('Un objet est attendu.'),
  isNotEmptyObject: always('Un objet qui n’est pas vide est attendu.'),

  isDefined: always('Ce champ est obligatoire.'),
  isNotEmpty: always('Ce champ ne peut pas être vide.'),
  isEmpty: always('Ce champ doit rester vide.'),
  equals: ([value]) => `La valeur attendue est ${quoted(value)}.`,
  notEquals: ([value]) => `La valeur ${quoted(value)} n’est pas permise.`,
  isIn: ([values]) => `Les valeurs permises sont ${quoted(values)}.`,
  isNotIn: ([values]) => `Les valeurs ${quoted(values)} ne sont pas permises.`,
  isEnum: ([values]) => `Les valeurs permises sont ${quoted(enumerated(values))}.`,

  isString: always('Un texte est attendu.'),
  isLength: ([min, max]) =>
    max === undefined
      ? `Ce texte compte au moins ${characters(min)}.`
      : `Ce texte compte de ${figure(min)} à ${characters(max)}.`,
  minLength: ([min]) => `Ce texte compte au moins ${characters(min)}.`,
  maxLength: ([max]) => `Ce texte compte au plus ${characters(max)}.`,
  contains: ([part]) => `Ce texte doit contenir ${quoted(part)}.`,
  notContains: ([part]) => `Ce texte ne peut pas contenir ${quoted(part)}.`,
  isLowercase: always('Ce texte s’écrit en minuscules.'),
  isUppercase: always('Ce texte s’écrit en majuscules.'),
  isEmail: always('Une adresse électronique est attendue, par exemple mairie@example.fr.'),
  isUrl: always('Une adresse web est attendue, par exemple https://www.example.fr.'),
  isUuid: always('Un identifiant (UUID) est attendu.'),
  isNumberString: always('Un nombre est attendu, écrit en chiffres.'),
  isDecimal: always('Un nombre décimal est attendu, écrit en chiffres avec un point.'),
  isBooleanString: always('«\u00a0true\u00a0» ou «\u00a0false\u00a0» est attendu.'),
  isHexadecimal: always('Des chiffres hexadécimaux sont attendus.'),
  isHash: ([algorithm]) => `Une empreinte ${String(algorithm)} est attendue.`,
  isBase64: always('Un contenu en base64 est attendu.'),
  isJson: always('Du JSON est attendu.'),
  isPostalCode: always('Un code postal est attendu.'),
  isPhoneNumber: always('Un numéro de téléphone est attendu.'),
  isMobilePhone: always('Un numéro de téléphone mobile est attendu.'),
  isIBAN: always('Un IBAN est attendu.'),
  isBIC: always('Un BIC est attendu.'),
  isIp: always('Une adresse IP est attendue.'),
  isMimeType: always('Un type de contenu est attendu, par exemple application/pdf.'),
  isTimeZone: always('Un fuseau horaire est attendu, par exemple Europe/Paris.'),

  isBoolean: always('«\u00a0true\u00a0» ou «\u00a0false\u00a0» est attendu.'),
  isNumber: always('Un nombre est attendu.'),
  isInt: always('Un nombre entier est attendu.'),
  isPositive: always('Un nombre supérieur à 0 est attendu.'),
  isNegative: always('Un nombre inférieur à 0 est attendu.'),
  isDivisibleBy: ([divisor]) => `Un multiple de ${figure(divisor)} est attendu.`,
  min: ([min]) => `La plus petite valeur permise est ${figure(min)}.`,
  max: ([max]) => `La plus grande valeur permise est ${figure(max)}.`,
  isLatitude: always('Une latitude est attendue, de −90 à 90.'),
  isLongitude: always('Une longitude est attendue, de −180 à 180.'),

  isDate: always('Une date est attendue.'),
  isPlainDate: always('Une date qui existe est attendue, sous la forme AAAA-MM-JJ, avant 2200.'),
  isDateString: always('Une date est attendue (ISO\u00a08601), par exemple 2027-01-31T12:00:00+01:00.'),
  isIso8601: always('Une date est attendue (ISO\u00a08601), par exemple 2027-01-31T12:00:00+01:00.'),
  isRFC3339: always(
    'Une date et une heure sont attendues (RFC\u00a03339), par exemple 2027-01-31T12:00:00+01:00.',
  ),
  isMilitaryTime: always('Une heure est attendue, sous la forme HH:MM.'),
  minDate: ([min]) => `La date ne peut pas précéder le ${day(min)}.`,
  maxDate: ([max]) => `La date ne peut pas dépasser le ${day(max)}.`,

  isArray: always('Une liste est attendue.'),
  arrayNotEmpty: always('Cette liste ne peut pas être vide.'),
  arrayMinSize: ([min]) => `Cette liste compte au moins ${elements(min)}.`,
  arrayMaxSize: ([max]) => `Cette liste compte au plus ${elements(max)}.`,
  arrayUnique: always('Cette liste contient deux fois la même valeur.'),
  arrayContains: ([values]) => `Cette liste doit contenir ${quoted(values)}.`,
  arrayNotContains: ([values]) => `Cette liste ne peut pas contenir ${quoted(values)}.`,
};
