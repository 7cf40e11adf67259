/**
 * Brands common in the purchases of a town hall, in text without accents or capitals; of 25 November 2026, by no means
 * all of them. A brand that is missing here is still seen after « de marque », or before ® or ™.
 */
export const BRANDS: readonly string[] = [
  // Office and school.
  'sopalin|kleenex|post-?its?|stabilos?|tipp-?ex|velleda|patafix|pritt|maped|rotring|pentel|edding|leitz|fellowes|dymo|canson|exacompta|scotch(?:-brite)?',
  // What stands before is looked for last: else every run of spaces would be walked from each of its places.
  'bics?(?<=(?:stylos?|crayons?|feutres?|rasoirs?|briquets?|recharges?|billes?)(?: \\p{L}{1,12}){0,2} bics?)',
  // Cleaning and kitchen.
  'spontex|vileda|tork|tupperware|tefal|pampers|caddies?|k(?:a|ae)rchers?|nilfisk|nutella|coca-?cola|nescafe|ricore|babybel|kiri|boursin|maizena|knorr|amora|heinz|barilla|panzani|danone',
  // Building, roads and their products.
  'velux|placo(?:platre)?|siniat|knauf|fermacell|isover|rockwool|eternit|siporex|ytong|rubson|sika(?:flex)?|loctite|araldite|velcro|plexiglas|teflon|tarkett|gerflor|forbo|dulux valentine|tollens|zolpan|ripolin|geberit|grohe|grundfos|wilo|viessmann|de dietrich|daikin|somfy|hager|osram|zumtobel|eclatec|comatelec|schneider electric|acodrain|bidim|compomac|heras|algecos?|desautel|sicli|kompan|proludic|jcdecaux|roundup',
  // Tools, machines and vehicles.
  'stihl|husqvarna|makita|hilti|dewalt|metabo|milwaukee|facom|fiskars|felco|gardena|etesia|iseki|kubota|john deere|new holland|massey ferguson|fendt|bobcat|fenwick|manitou|merlo|jcb|caterpillar|unimog|honda|yamaha|iveco|volkswagen|toyota|nissan|opel|dacia|skoda|hyundai|mercedes(?:-benz)?|scania|volvo|kangoo|clio|berlingo|ducato|duracell|energizer|varta|pirelli|bridgestone|goodyear|dunlop',
  // Computers and telephones.
  'microsoft(?: (?:office|windows|teams))?(?: (?:365|20\\d\\d))?|windows(?: \\d{1,2})?|office 365|pack office|photoshop|creative cloud|autocad|autodesk|ipads?|iphones?|macbooks?|imacs?|samsung|epson|lexmark|ricoh|xerox|konica minolta|kyocera|laserjet|officejet|elitebook|probook|lenovo|logitech|cisco|fortinet|stormshield',
];

/** Also names of people: left aside after « M. », a first name or a hyphen. */
export const SURNAMES: readonly string[] = [
  'renault(?: (?:kangoo|clio|master|trafic|express|megane|zoe))?|peugeot(?: (?:partner|expert|boxer))?|citroen(?: (?:berlingo|jumper|jumpy))?|michelin|legrand|schneider|bosch|philips|ford(?: (?:transit|ranger))?|fiat(?: ducato)?|stanley|goupil',
];

/** Also ordinary words: brands only with a capital, and where {@link OFFICE_DEVICES} announce them. */
export const WITH_CAPITAL: readonly string[] = ['adobe(?: acrobat)?'];
export const AFTER_A_DEVICE: readonly string[] = [
  'hp(?: \\d{2,3}(?:xl)?)?',
  'canon',
  'apple',
  'brother',
  'dell',
  'asus',
  'oki',
];
export const OFFICE_DEVICES =
  '(?:imprimantes?|cartouches?|toners?|ordinateurs?|portables?|pc|ecrans?|moniteurs?|stations?|consommables?|copieurs?|photocopieurs?|scanners?|traceurs?|multifonctions?|tablettes?|telephones?|smartphones?|photos?|videoprojecteurs?|serveurs?|materiels?|encres?|logiciels?)';

/** The same words where they speak of something else. */
export const NO_BRANDS: readonly string[] = [
  'caddies? de golf',
  'windows-\\d{4}',
  'grands? manitous?',
  '(?:whisky|verre de) scotch|scotch whisky',
  // Recesses of screws, fixed by a standard, and so of every maker.
  '(?:tournevis|embouts?|vis|empreintes?|cruciformes?) philips',
];

/** What follows « marque » and is none of a maker: certification marks, and words in a text all in capitals. */
export const NO_MARKS =
  /^(?:nf|ce|qb|ctb|csa|cstb|acermi|a2p|ul|en|iso|eu|ecolabel|nationale|et|ou|de|du|des|la|le|les|au|aux|a|un|une|non|sera|est|territoire|employeur|employeurs?|blanche|reconnue|europeenne|francaise|commerciale)$/u;

/**
 * What follows « type » and is no maker's: forms of contract, shapes, standards, places of style. Vauban barriers, Torx
 * and Allen recesses, Guillemin couplings are made by all.
 */
export const NO_TYPES =
  /^(?:accord-?cadre|marche|contrat|loi|arrete|europe|euro|vauban|torx|allen|phillips|philips|pozidriv|guillemin|storz|camlock|schuko|portland|champenoise|bourgogne|scandinave|nordique|anglaise?|francaise?|allemande?|americaine?|japonaise?|italienne?|braille|noel|halloween|versailles|louis|empire|haussmann|haussmannien|montessori|freinet|vichy|jacquard|wifi|bluetooth|ethernet|internet|word|excel|zip|kraft|oxford|nordmann|manuel|automatique|standard|hydraulique|electrique)$/u;

/** Letters before a number that a standard or a common series fixes: « type RJ45 », « type CEM II », « modèle DC1 ». */
export const NORMS =
  /^(?:nf|en|iso|din|cem|ral|lr|cr|gu|gx|rj|ip|ik|pn|dn|hea|heb|ipe|ipn|upn|usb|ddr|cat|ho|u|pe|pvc|pet|aisi|inox|ba|osb|sn|erp|pmr|cerfa|dc|bpu|ndc|ccag|iec|cei|astm|sae|api|acea|ae|ei|re)$/u;
