import { placeWords, wordingCheck } from '../../src/law/wording.rules.js';

const words = (text: string, names: string[] = []) => placeWords(text, names).map(({ word }) => word);

describe('geographic words', () => {
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
  ])('%s', (text, expected) => {
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
  });

  test('what stands around is whole words', () => {
    const [found] = placeWords(
      'Le candidat décrit son recours à des fournisseurs locaux de fruits et légumes frais',
    );
    expect(found!.around).toBe('… recours à des fournisseurs locaux de fruits et légumes frais');
    expect(placeWords('local')[0]!.around).toBe('local');
  });

  test('a long hostile text is read at once', () => {
    const start = process.hrtime.bigint();
    placeWords('a moins de '.repeat(20_000));
    placeWords('1'.repeat(100_000));
    placeWords('000 '.repeat(25_000));
    placeWords(`${' '.repeat(50_000)}local`);
    expect(Number((process.hrtime.bigint() - start) / 1_000_000n)).toBeLessThan(2_000);
  });
});

describe('the check', () => {
  const wording = { where: 'le critère 2', texts: ['Proximité', 'à 20 km'], motive: null };
  test('blocks a criterion until a motive is entered', () => {
    expect(wordingCheck(wording, true)).toMatchObject({
      rule: 'CRITERION_PLACE_WORDING',
      verdict: 'block',
      figures: { texte: 'le critère 2', 'mots relevés': '«\u00a0Proximité\u00a0», «\u00a0km\u00a0»' },
    });
    expect(wordingCheck({ ...wording, motive: 'Dépannage sous 2 h' }, true)).toMatchObject({
      verdict: 'ok',
      figures: { motif: 'Dépannage sous 2 h' },
    });
    expect(wordingCheck({ ...wording, texts: ['Prix'] }, true).verdict).toBe('ok');
  });

  test('warns of another text', () => {
    const check = wordingCheck({ ...wording, where: 'le CCTP' }, false);
    expect(check).toMatchObject({ rule: 'PLACE_WORDING', verdict: 'warn' });
    expect(check.sentence).toMatch(/^Le CCTP emploie/);
  });
});
