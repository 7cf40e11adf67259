import {
  type ConsultationText,
  placeWords,
  wordingCheck,
  wordingChecks,
  wordingFindings,
} from '../../src/law/wording.rules.js';
import { titleWordingChecks } from '../../src/lots/title-wording.rules.js';
import { itemWordingChecks } from '../../src/items/item-wording.rules.js';
import { criterionPlaceWords } from '../../src/terms/criteria.rules.js';

const words = (text: string, names: string[] = []) => placeWords(text, names).map(({ word }) => word);
const found = (text: string, names: string[] = []) =>
  wordingFindings(text, { names }).map(({ kind, word }) => `${kind}: ${word}`);
/** Communes of the group, as a caller gives them. */
const NAMES = ['Laval', 'Changé', 'Saint-Berthevin', 'L’Huisserie', 'Bonchamp-lès-Laval'];
/** As sentences are printed. */
const french = (text: string) =>
  text.replace(/« | (?=[»:;])|(?<=\d) (?=h|j)/gu, (at) => at.replace(' ', '\u00a0'));

describe('words that speak of the place of a bidder (CE, 29 July 1994, no. 131562)', () => {
  test.each([
    ['Emploi de fournisseurs locaux', ['locaux']],
    ['PRODUCTION LOCALE', ['LOCALE']],
    ['Proximite du magasin', ['Proximite']],
    ['proximité', ['proximité']],
    ['Agence implantée dans le département', ['implantée', 'département']],
    ['Siège social en Mayenne', ['Siège', 'Mayenne']],
    ['siege de l’entreprise', ['siege']],
    ['Entreprise du départment', ['départment']],
    ['tissu départemental', ['départemental']],
    ['savoir-faire lavallois', ['lavallois']],
    ['Producteurs mayennais', ['mayennais']],
    ['À moins de 20 km', ['km']],
    ['À moins de 20km du chantier', ['km']],
    ['dans un rayon de 30 kilomètres', ['rayon', 'kilomètres']],
    ['Distance entre le dépôt et la mairie', ['Distance']],
    ['à 30 minutes de route', ['minutes de route']],
    ['Localisation de l’entreprise', ['Localisation']],
    ['localisation géographique du candidat', ['localisation']],
    ['Présence régionale', ['régionale']],
    ['Origine géographique des produits', ['Origine géographique']],
    ['favoriser le local', ['local']],
    ['entreprise ultra-locale, hyperlocale', ['locale', 'hyperlocale']],
    ['lo\u00adcal et pro\u200bximité', ['local', 'proximité']],
    ['rayon\u00a0de 5\u00a0\u339e', ['rayon', 'km']],
    ['origine\u00a0France', ['origine France']],
    ['Dépôt à moins de 30 minutes de route de Mayenne', ['Dépôt à moins', 'minutes de route']],
    ['Artisan du local, 12 rue du Siège', ['local']],
  ])('caught: %s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  test.each([
    'Localisation du fichier sur le serveur',
    'Nettoyage des locaux et des vitres',
    'Fourniture pour un local technique',
    'Le local à vélos',
    'Vocalise, bocal, localiser une panne',
    'Sièges de bureau et siège auto',
    'Détecteur de proximité',
    'Plan d’implantation et implantation du mobilier',
    'Entretien des routes départementales',
    'Agrément du conseil départemental',
    'Date de départ, départs de feu',
    'Émissions de 95 g CO2/km',
    'Vitesse de 80 km/h et 25 km à l’heure',
    'Garantie de 200 000 km ou 100000 km',
    'Rayonnage et rayons X, rayon de braquage',
    'Télésurveillance à distance',
    'Distance de freinage',
    'Circuit court\u00a0: un intermédiaire au plus',
    'Intervention sous 2 heures',
    'Kmart, kilométrage illimité',
    'Prix',
    '',
  ])('no alarm on «\u00a0%s\u00a0»', (text) => {
    expect(words(text)).toEqual([]);
  });

  test('an exception hides itself only', () => {
    expect(words('Nettoyage des locaux par du personnel local')).toEqual(['local']);
    expect(words('95 g/km, à moins de 20 km')).toEqual(['km']);
  });

  test('names of communes count, as they are written or in capitals', () => {
    const names = ['Changé', 'Saint-Berthevin', 'L’Huisserie', 'Laval'];
    expect(words("Livraison à Changé, Saint Berthevin et L'Huisserie", names)).toEqual([
      'Changé',
      'Saint Berthevin',
      "L'Huisserie",
    ]);
    expect(words('PRÉSENCE À CHANGE OU SAINT-BERTHEVIN', names)).toEqual(['CHANGE', 'SAINT-BERTHEVIN']);
    expect(words('Pièce changée\u00a0: change au cours du jour, cavalerie, Lavaloise', names)).toEqual([]);
    expect(words('Rien à Sainte. (Force)', ['Sainte. (Force)', ''])).toEqual(['Sainte. (Force)']);
    expect(words('axe Laval-Changé', names)).toEqual(['Laval']);
  });

  test('a longer commune name is that commune, and no shorter one that it holds', () => {
    const longer = 'Saint-Berthevin-la-Tannière';
    for (const text of [longer, 'Saint Berthevin la Tannière', 'SAINT-BERTHEVIN-LA-TANNIERE'])
      expect(words(text, ['Saint-Berthevin'])).toEqual([]);
    expect(words(longer, ['Saint-Berthevin', longer])).toEqual([longer]);
    expect(words('Bonchamp-lès-Laval', ['Laval'])).toEqual([]);
  });

  test('what stands around is whole words', () => {
    const [first] = placeWords(
      'Le candidat décrit son recours à des fournisseurs locaux de fruits et légumes frais',
    );
    expect(first!.around).toBe('… recours à des fournisseurs locaux de fruits et légumes frais');
    expect(placeWords('local')[0]!.around).toBe('local');
  });
});

describe('real-life phrases', () => {
  describe('must be caught: brands, patents, types and makers’ numbers without « ou équivalent » (R2111-7)', () => {
    test.each([
      ['Fenêtre de toit Velux 78 x 98', 'brand: Velux'],
      ['Nettoyeur haute pression Kärcher HD 10/25-4 S', 'brand: Kärcher HD 10/25-4 S'],
      ['NETTOYEUR KARCHER K5', 'brand: KARCHER K5'],
      ['Essuie-tout type Sopalin, 2 plis', 'brand: Sopalin'],
      ['Ruban adhésif scotch 19 mm', 'brand: scotch'],
      ['Bloc Post\u2011it 76 x 76', 'brand: Post-it'],
      ['Stylo à bille Bic cristal bleu', 'brand: Bic'],
      ['Surligneurs Stabilo jaunes', 'brand: Stabilo'],
      ['Correcteur Tipp-Ex', 'brand: Tipp-Ex'],
      ['Chariot type caddie pour la régie', 'brand: caddie'],
      ['Location d’un Bobcat avec chauffeur', 'brand: Bobcat'],
      ['Chariot télescopique Manitou MT 625', 'brand: Manitou MT 625'],
      ['Bungalow Algeco de 15 m²', 'brand: Algeco'],
      ['Cloison Placoplatre BA13', 'brand: Placoplatre BA13'],
      ['Mastic Sikaflex 11FC, cartouche', 'brand: Sikaflex 11FC'],
      ['Pneus Michelin 215/75 R16', 'brand: Michelin'],
      ['Fourgonnette Renault Kangoo', 'brand: Renault Kangoo'],
      ['Débroussailleuse Stihl FS 460 C-EM, avec harnais', 'brand: Stihl FS 460 C-EM'],
      ['Perceuse Bosch GSR 18V', 'brand: Bosch GSR 18V'],
      ['Interrupteurs Legrand', 'brand: Legrand'],
      ['Disjoncteur Schneider 16 A', 'brand: Schneider'],
      ['Licences Microsoft Office 365', 'brand: Microsoft Office 365'],
      ['Poste de travail sous Windows 11', 'brand: Windows 11'],
      ['Tablettes Apple de 10 pouces', 'brand: Apple'],
      ['Cartouche d’encre pour HP 953XL', 'brand: HP 953XL'],
      ['Photocopieur Canon', 'brand: Canon'],
      ['Logiciel Adobe Acrobat', 'brand: Adobe Acrobat'],
      ['Gants de marque Delta Plus taille 9', 'brand: Delta Plus'],
      ['Chaussures de marque\u00a0: Lemaître', 'brand: Lemaître'],
      ['Serrure de type Bricard', 'brand: Bricard'],
      ['Tondeuse modèle HRX476', 'brand: HRX476'],
      ['Filtre, réf. fabricant 12345', 'brand: réf. fabricant 12345'],
      [
        'Filtre, référence constructeur\u00a0: n° 7701478505',
        'brand: référence constructeur : n° 7701478505',
      ],
      ['Dalle Rapidal® antidérapante', 'brand: Rapidal®'],
      ['Peinture Façadine™ mate', 'brand: Façadine™'],
      ['Désherbage par procédé breveté', 'brand: breveté'],
      ['Banc, modèle déposé', 'brand: modèle déposé'],
      ['Pièces d’origine pour tracteur', 'brand: Pièces d’origine'],
      ['Mise en place de Velux', 'brand: Velux'],
    ])('%s', (text, expected) => {
      expect(found(text, NAMES)).toEqual([expected]);
    });
  });

  describe('must be caught: origins of products', () => {
    test.each([
      ['Camembert de Normandie au lait cru', 'origin: Camembert de Normandie'],
      ['Comté râpé', 'origin: Comté'],
      ['Champagne pour la cérémonie des vœux', 'origin: Champagne'],
      ['Volailles de Loué', 'origin: Volailles de Loué'],
      ['Lentilles vertes du Puy', 'origin: Lentilles vertes du Puy'],
      ['Sièges de Liffol', 'origin: Sièges de Liffol'],
      ['Bordures en granit breton', 'origin: granit breton'],
      ['Viande bovine française', 'origin: Viande bovine française'],
      ['Mobilier fabriqué en France', 'origin: fabriqué en France'],
      ['Textiles Made in France', 'origin: Made in France'],
      ['Légumes d’origine France', 'origin: origine France'],
      ['Origine géographique du bois', 'origin: Origine géographique'],
    ])('%s', (text, expected) => {
      expect(found(text, NAMES)).toEqual([expected]);
    });
  });

  describe('must be caught: places, kinds told apart in one text', () => {
    test.each([
      ['Entreprise implantée à Saint-Berthevin', ['place: implantée', 'place: Saint-Berthevin']],
      ['les entreprises de Laval Agglomération', ['place: Laval']],
      ['Agence à moins de 20 km', ['place: Agence à moins', 'place: km']],
      ['Tracteur Kubota, atelier à moins de 30 km', ['brand: Kubota', 'place: atelier à moins', 'place: km']],
      ['Stihl, Husqvarna ou similaire', ['brand: Stihl', 'brand: Husqvarna']],
      ['Fenwick ou équiv.', ['brand: Fenwick']],
      ['équivalent Sopalin', ['brand: Sopalin']],
      ['Tondeuse Honda. Un produit équivalent convient.', ['brand: Honda']],
    ])('%s', (text, expected) => {
      expect(found(text, NAMES)).toEqual(expected);
    });
  });

  describe('innocent look-alikes', () => {
    test.each([
      // Those of the specification.
      ['produits frais livrés chaque jour', 'freshness and frequency are performances (R2152-7 b)'],
      ['rue du Siège', 'the name of a street is nobody’s seat'],
      ['intervention en moins de 2 h', 'a delay is what the need asks for'],
      ['Saint-Berthevin-la-Tannière', 'another commune than Saint-Berthevin'],
      ['Broyat de bois calibré', 'a product and its calibre'],
      // Addresses: where one delivers.
      ['Livraison 12 rue du Siège, 53000 Laval', 'a whole address, its commune with it'],
      ['Livraison rue du Siège, Laval', 'the same without its postcode'],
      ['Livraison avenue de Mayenne', 'the name of an avenue'],
      ['Salle des fêtes, place de la Région', 'the name of a square'],
      ['RUE DU DEPARTEMENT', 'an address in capitals'],
      ['lieu-dit «\u00a0Le Terroir\u00a0»', 'the name of a hamlet'],
      ['53100 MAYENNE', 'a postcode and its town'],
      ['Travaux rue Louis-Renault et boulevard Michelin', 'streets named after people'],
      ['École Louis Renault', 'a school named after someone'],
      ['M. Legrand, adjoint, et Mme Schneider', 'people'],
      ['services de Laval Agglomération', 'the coordinator itself'],
      // Premises, chairs, shelves, works.
      ['Local technique', 'premises'],
      ['Nettoyage de locaux scolaires', 'premises'],
      ['Siège auto', 'a chair'],
      ['Rayonnages métalliques', 'shelves'],
      ['Rayon jeunesse de la médiathèque', 'shelves'],
      ['Gravillon 4/6 lavé, départ', 'a price without delivery'],
      ['Curage de 12 km de fossés', 'the length of the works'],
      ['Bordure courbe, rayon 3 m', 'the radius of a bend'],
      ['Arbres, distance de plantation 6 m', 'between trees'],
      ['Clause d’insertion suivie par la mission locale', 'a public body'],
      ['Plan local d’urbanisme', 'a regulation'],
      ['Soutien de la région lombaire', 'a part of the body'],
      ['Opération aidée par une subvention de la Région', 'who pays a part'],
      // Types and numbers that a standard fixes, or that are the buyer’s own.
      ['équivalent sable', 'a measure of soils'],
      ['vis à empreinte type C13', 'a code without three digits: common series have them'],
      ['ciment CEM II/B type 32,5', 'a class of the standard EN 197-1'],
      ['vis type TORX', 'a recess of the standard ISO 10664, made by all'],
      ['papier A4 80 g', 'a format of the standard ISO 216'],
      ['Barrière de type Vauban', 'a common form that every maker sells'],
      ['Prises de type RJ45 et USB-C', 'connectors of a standard'],
      ['Profilé modèle IPE 200', 'a standard steel section'],
      ['Tournevis cruciforme Philips', 'a recess, misspelt'],
      ['Extincteur type ABC', 'classes of fire'],
      ['Câble U-1000 R2V 3G2,5', 'a standard cable'],
      ['Pneu utilitaire rechapé 215/75 R16 C', 'dimensions'],
      ['Huile moteur 5W30', 'a grade of the standard SAE'],
      ['Filtre à huile, modèle courant', 'no model is named'],
      ['réf. EN-004 du bordereau', 'the buyer’s own number'],
      ['Teinte référence RAL 7016', 'a colour of a public chart'],
      ['Marquage CE, marque NF Environnement', 'certification marks'],
      // Ordinary words that are brands elsewhere.
      ['Eau de Javel 9,6 %', 'a product, no brand'],
      ['Canon à neige, canon à eau', 'machines'],
      ['Tarif HP/HC', 'off-peak hours'],
      ['IBAN et BIC du titulaire', 'a bank’s code'],
      ['Briques d’adobe', 'earth'],
      ['Une bouteille thermos', 'an ordinary word by now'],
      ['caddie de golf', 'a person or a bag'],
      ['Brevet de secourisme', 'a skill, no patent'],
      ['Maître-nageur breveté', 'a skill, no patent'],
      // Signs and recipes.
      ['Fromage AOP, vin IGP', 'signs of quality that name no soil (R2111-12)'],
      ['Volaille label rouge, fruits de l’agriculture biologique', 'labels (R2111-12)'],
      ['Détergent écolabel', 'a label (R2111-12)'],
      ['Moutarde de Dijon, saucisses de Strasbourg', 'recipes made anywhere'],
      ['Savon de Marseille', 'a process without a protected name'],
      ['Franche-Comté, Champagne-Ardenne', 'regions, no cheese nor wine'],
      ['Documents en langue française', 'the language'],
      ['Production dans l’Union européenne', 'lawful for a motive (L2112-4), by a lever of its own'],
      // « ou équivalent » follows.
      ['Fenêtre Velux ou équivalent', 'the words of the code'],
      ['Fenêtre Velux GGL (ou équivalent)', 'between brackets'],
      ['Outils Stihl, Husqvarna ou équivalents', 'after an enumeration'],
      ['FENWICK OU EQUIVALENT', 'in capitals without accents'],
      ['Tondeuse Honda, largeur 53 cm, ou matériel techniquement équivalent', 'later in the sentence'],
      ['Tondeuse Honda. Ou équivalent.', 'right after'],
      ['Pièces d’origine ou de qualité équivalente', 'for parts'],
      ['Camembert de Normandie ou équivalent', 'for a protected name'],
      ['Mobilier de marque Delta Plus ou équivalent', 'for a name that no list holds'],
    ])('%s: %s', (text) => {
      expect(found(text, NAMES)).toEqual([]);
    });
  });

  test('a name is told by whoever gives it: without names, communes are none', () => {
    expect(found('Entreprise de Changé')).toEqual([]);
    expect(found('Entreprise de Changé', NAMES)).toEqual(['place: Changé']);
  });
});

describe('what may be written instead', () => {
  const rewordings = (text: string) => wordingFindings(text).map(({ rewording }) => rewording);
  test.each([
    ['Agence de proximité', ['« intervention en moins de 2 h » ou « délai de livraison : 3 jours ouvrés »']],
    [
      'Fournisseurs locaux de légumes',
      [
        '« nombre d’intermédiaires entre le producteur et l’acheteur » ou « livrés moins de 48 h après la récolte »',
      ],
    ],
    ['Légumes à moins de 80 km', ['« livrés moins de 48 h après la récolte »']],
    [
      'Titulaire du département',
      ['« délai de livraison : 3 jours ouvrés » ou « livraison sur les sites de l’annexe »'],
    ],
    ['Débroussailleuse Stihl FS 460, harnais', ['« Débroussailleuse Stihl FS 460 ou équivalent, harnais »']],
    ['Chariot Fenwick (ou similaire) neuf', ['« Chariot Fenwick ou équivalent neuf »']],
    [
      'Outils Stihl, Husqvarna ou similaire',
      ['« Outils Stihl, Husqvarna ou équivalent »', '« Outils Stihl, Husqvarna ou équivalent »'],
    ],
    ['Bungalow Algeco de 15 m²', ['« Bungalow Algeco ou équivalent de 15 m² »']],
    ['Poulet de Loué rôti', ['« Poulet de Loué ou équivalent rôti »']],
    ['Viande bovine française', ['« livrés moins de 48 h après la récolte »']],
    ['Mobilier fabriqué en France', ['« performances mesurées selon une norme, ou équivalent »']],
  ])('%s', (text, expected) => {
    expect(rewordings(text)).toEqual(expected.map(french));
  });

  test('what is advised raises no alarm itself', () => {
    const texts = ['Agence de proximité', 'Fournisseurs locaux de légumes', 'Titulaire du département'];
    const lawful = [...texts, 'Outils Stihl ou similaire', 'Comté râpé', 'Viande française'].flatMap(
      rewordings,
    );
    for (const text of lawful) expect(found(text, NAMES)).toEqual([]);
  });

  test('each finding has its article and its reason', () => {
    expect(
      wordingFindings('Velux, à Laval, ou similaire', { names: NAMES, inCriterion: true }),
    ).toMatchObject([
      {
        kind: 'brand',
        article: 'CCP L2152-7 et R2111-7',
        reason: french(
          '« Velux » fait référence à une marque, à un brevet ou à un type : permis si l’objet du marché le justifie ou, faute de description précise possible, suivi de « ou équivalent ».',
        ),
      },
      { kind: 'place', article: french('CCP L2152-7 ; CE, 29\u00a0juillet\u00a01994, n°\u00a0131562') },
    ]);
    const [near] = wordingFindings('Velux (ou similaire)');
    expect(near).toMatchObject({
      article: 'CCP R2111-7',
      reason: french(
        '« ou similaire » ne suffit pas après « Velux » : les termes du code sont « ou équivalent ».',
      ),
    });
    expect(wordingFindings('siège')[0]!.article).toMatch(/^CCP L3/);
    expect(wordingFindings('Made in France ou équivalent')[0]!.reason).toMatch(/permis seulement si l’objet/);
  });
});

describe('the check', () => {
  const wording = { where: 'le critère 2', texts: ['Proximité', 'à 20 km'], motive: null };
  test('blocks a criterion until a motive is entered', () => {
    expect(wordingCheck(wording, true)).toMatchObject({
      rule: 'CRITERION_PLACE_WORDING',
      verdict: 'block',
      figures: {
        texte: 'le critère 2',
        'mots de lieu': '«\u00a0Proximité\u00a0», «\u00a0km\u00a0»',
        'marques et types': 'aucun',
        origines: 'aucune',
      },
    });
    expect(wordingCheck({ ...wording, motive: 'Dépannage sous 2 h' }, true)).toMatchObject({
      verdict: 'ok',
      figures: { motif: 'Dépannage sous 2 h' },
    });
    expect(wordingCheck({ ...wording, texts: ['Prix'] }, true).verdict).toBe('ok');
  });

  test('a brand or an origin blocks a criterion too, and is counted apart', () => {
    const texts = ['Matériel Stihl', 'légumes d’origine France'];
    const check = wordingCheck({ ...wording, texts }, true);
    expect(check).toMatchObject({
      verdict: 'block',
      article: 'CCP L2152-7 et R2111-7',
      figures: {
        'mots de lieu': 'aucun',
        'marques et types': '«\u00a0Stihl\u00a0»',
        origines: '«\u00a0origine France\u00a0»',
      },
    });
    expect(check.sentence).toBe(
      french(
        'Le critère 2 demande une origine ou une provenance, « origine France » : un critère ne peut préférer un produit pour sa provenance. Le même texte nomme « Stihl » sans « ou équivalent » : un critère ne peut préférer une marque, un brevet ou un type. Écrire plutôt « Matériel Stihl ou équivalent » ; « livrés moins de 48 h après la récolte », ou inscrire le motif « lié à l’objet ou à l’exécution ».',
      ),
    );
    expect(wordingCheck({ ...wording, texts, motive: 'Parc existant de la commune' }, true).verdict).toBe(
      'ok',
    );
    expect(wordingCheck({ ...wording, texts: ['Matériel Stihl ou équivalent'] }, true).verdict).toBe('ok');
  });

  test('warns of another text', () => {
    const check = wordingCheck({ ...wording, where: 'le CCTP' }, false);
    expect(check).toMatchObject({ rule: 'PLACE_WORDING', verdict: 'warn' });
    expect(check.sentence).toMatch(/^Le CCTP emploie/);
    expect(wordingCheck({ where: '', texts: ['local'], motive: null }, false).verdict).toBe('warn');
  });

  test('reads all the texts of a consultation, each by where it stands', () => {
    const text = (kind: ConsultationText['kind'], ...texts: string[]): ConsultationText => ({
      ...{ kind, where: 'le texte', texts, names: NAMES, motive: null },
    });
    const texts = [
      text('title', 'Nettoyeurs Kärcher'),
      text('criterion', 'Nettoyeurs Kärcher'),
      text('specification', 'Atelier à Changé'),
      text('free_text', 'Produits frais livrés chaque jour'),
      text('free_text', ' ', ''),
    ];
    expect(wordingChecks(texts).map(({ rule, verdict }) => `${rule} ${verdict}`)).toEqual([
      ...['PLACE_WORDING warn', 'CRITERION_PLACE_WORDING block', 'PLACE_WORDING warn', 'PLACE_WORDING ok'],
    ]);
  });

  test('titles, objects and items of a consultation are read', () => {
    const titles = titleWordingChecks(
      { title: 'Achats 2027', object: 'Entreprises locales', noSplitMotive: null, durationMotive: null },
      [{ title: 'Sel' }, { title: 'Pneus Michelin' }],
    );
    expect(titles.map(({ verdict, figures }) => `${figures['texte']}: ${verdict}`)).toEqual([
      ...['l’intitulé de la consultation: ok', 'l’objet de la consultation: warn', 'la liste des lots: warn'],
    ]);
    const [items] = itemWordingChecks({
      number: 4,
      items: [{ designation: 'Banc bois et acier' }, { designation: 'Fenêtre Velux' }],
    });
    expect(items).toMatchObject({ verdict: 'warn', figures: { texte: 'le bordereau du lot\u00a04' } });
    expect(itemWordingChecks({ number: 4, items: [] })).toEqual([]);
  });

  test('a criterion of a lot tells its brands among the words that block it', () => {
    const told = criterionPlaceWords({ label: 'Proximité', method: 'parc Stihl, Kubota ou équivalent' }, []);
    expect(told).toEqual(['Proximité']);
    expect(criterionPlaceWords({ label: 'Valeur technique', method: 'parc Stihl' }, [])).toEqual(['Stihl']);
  });

  test('many words are told in short', () => {
    const texts = Array.from({ length: 30 }, (_, at) => `Stihl FS ${at + 100}`);
    const { figures, sentence } = wordingCheck({ where: 'le bordereau', texts, motive: null }, false);
    expect(figures['marques et types']).toMatch(/et 18\u00a0autres$/);
    expect(sentence.length).toBeLessThan(700);
  });
});

test.each([
  ['a moins de ', 20_000],
  ['1', 100_000],
  ['000 ', 25_000],
  [' ', 100_000],
  ['local ', 20_000],
  ['Stihl, ', 15_000],
  ['Stihl ou ', 12_000],
  ['de marque A', 12_000],
  ['rue de la ', 12_000],
  ['Rue Du Siège ', 10_000],
  ['type Aa', 15_000],
  ['réf. fabricant ', 8_000],
  ['cartouche ', 12_000],
  ['a®', 15_000],
  ['A', 100_000],
  ['Laval, ', 15_000],
  ['M. Renault ', 10_000],
  ['stylo bic ', 10_000],
  ['comté ', 18_000],
])('a long hostile text is read at once: «\u00a0%s\u00a0» %i times', (part, times) => {
  const start = process.cpuUsage();
  wordingCheck({ where: 'le CCTP', texts: [`${part.repeat(times)}local`], names: NAMES, motive: null }, true);
  // Of the processor: a machine that is busy or held takes longer by the clock. A quadratic reading takes minutes.
  expect(process.cpuUsage(start).user / 1_000).toBeLessThan(4_000);
});
