/**
 * Those who sell, told by their trade, in text without accents or capitals: what follows may say whence they are. Who holds
 * the contract today, « le prestataire de la commune », is none of them.
 */
export const TRADES =
  '(?:entreprises?|pme|tpe|societes|candidats?|soumissionnaires|fournisseurs|prestataires|entrepreneurs?|artisans?|artisanat|commercante?s?|commerces?|agriculteurs?|exploitants|exploitations|producteurs?|productrices?|eleveurs?|maraichers?|paysans?|fermes|boulang(?:ers?|eries?)|bouch(?:ers?|eries?)|traiteurs?|restaurateurs?|librair(?:es?|ies?)|imprimeurs?|garagistes?|pepinieristes?|acteurs economiques)';

/** « du », « de notre », « sur la »: what joins a trade to its place. */
const OF_HERE =
  "(?:(?:de|sur|dans) (?:la |le |les |l['’] ?|notre |nos |sa |ses |cette |ce )?|d['’] ?|du |des |au sein de (?:la |l['’] ?|notre ))";

/** A territory of those who buy; « territoire », « commune » alone are where the contract is performed. */
export const TERRITORY =
  "(?:communes?(?! nouvelle)|territoires?|cantons?|villages?|villes?|intercommunalites?|agglomerations?|agglo|epci|communautes? (?:de communes|d['’] ?agglomeration)|perimetre)";
const AREA = `(?:${TERRITORY}|coin|cru|voisinage|pays|alentours|environs|bassin(?: de vie| d['’] ?emplois?)?(?! de ))`;

const LANDS =
  '(?:bretagne|normandie|anjou|maine|sarthe|orne|manche|ille-et-vilaine|maine-et-loire|loire-atlantique|vendee|(?:pays de la )?loire|(?:grand )?(?:ouest|est)|grand-(?:ouest|est)|(?:nord|sud)[ -]mayenne|coevrons)';
const PEOPLES =
  '(?:bretonn?e?s?|normande?s?|angevine?s?|sarthoise?s?|mance(?:au|aux|lles?)|ornaise?s?|ligerien(?:ne)?s?|vendeen(?:ne)?s?|nantaise?s?|rennaise?s?|castrogonterien(?:ne)?s?|alsacien(?:ne)?s?|auvergnate?s?|savoyarde?s?|provencale?s?|occitane?s?|basques?|corses?|bourguignon(?:ne)?s?|francilien(?:ne)?s?|parisien(?:ne)?s?|francaise?s?|ouest-france)';
const NEIGHBOURS = "(?:voisine?s?|avoisinante?s?|environnante?s?|limitrophes?|alentour|d['’] ?a cote)";

const MONTHS = 'janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre';

/** Firms preferred for where they are, whatever the word for it: « artisans du cru », « entreprise bretonne ». */
export const FIRMS_FROM_HERE: readonly string[] = [
  `${TRADES} ${OF_HERE}(?:${AREA}|${LANDS})`,
  `${TRADES} (?:[\\p{L}’'-]{1,20} )?${PEOPLES}(?: (?:ou|et) ${PEOPLES})?`,
  `${TRADES} ${NEIGHBOURS}`,
  '(?:nos|notre) (?:entreprises?|artisans?|commercante?s?|commerces?|producteurs?|agriculteurs?|eleveurs?|maraichers?|paysans?|pme|tpe)',
  '(?:fournisseur|prestataire|titulaire) (?:du|de notre) (?:territoire|coin|cru|voisinage|canton|bassin)',
  // « du 15 mars » is a date.
  `(?:${TRADES}|basee?s?|installee?s?) (?:du|dans le|en) \\d{2}(?! ?(?:\\d|${MONTHS}|au |/))`,
  // « livrés d’ici le 1er juin » is a date.
  `[\\p{L}-]{3,20} d['’] ?ici(?! (?:a|au|le|la|les|l['’]|fin|\\d|un|une|deux|trois|quelques|${MONTHS}))`,
];

/** What a purchase would bring to a territory, or where its products are made. */
export const GAINS_FOR_HERE: readonly string[] = [
  'ancrages? (?:territoria(?:l|ux)|geographiques?)',
  '(?:implication|presence|rayonnement|maillage|enracinement|attache|appartenance|economie|preference) territoria(?:le?s?|ux)',
  'preference geographique',
  `(?:presence|connaissance)s? (?:du |sur |dans |de )(?:la |le |l['’] ?|notre )?${TERRITORY}`,
  `(?:economie|emplois?|tissu economique|activite economique) (?:du |de |sur |dans )(?:la |le |l['’] ?|notre )?${TERRITORY}`,
  `ancree?s? (?:sur|dans) (?:le |la |l['’] ?|notre |son )${TERRITORY}`,
  `retombees? (?:economiques?|sociales?|fiscales?|(?:pour|sur|dans) (?:le |la |les |l['’] ?|notre |nos )?(?:${TERRITORY}|economie|emploi))`,
  "bassins? (?:d['’] ?emplois?|de vie)",
  `(?:cuite?|fabriquee?|produite?|preparee?|transformee?|cultivee?|elevee?|recoltee?|elaboree?|confectionnee?|assemblee?)s? (?:sur place )?(?:dans|sur|au sein de) (?:la |le |les |l['’] ?|notre |nos |cette )${TERRITORY}`,
  'codes? posta(?:l|ux) (?:commencant|debutant|(?:en |= ?)?\\d{2}(?! ?\\d))',
];
