import { isCommuneName } from '../../src/buyers/commune-names.queries.js';
import { type Wording, wordingCheck, wordingFindings } from '../../src/law/wording.rules.js';
import { titleWordingChecks } from '../../src/lots/title-wording.rules.js';
import { TERMS_REFUSALS } from '../../src/platform/refusals/terms.js';
import { tieRuleWordingChecks, USUAL_TIE_RULES } from '../../src/terms/caps.rules.js';
import { criterionPlaceWords } from '../../src/terms/criteria.rules.js';
import { formulaWordingChecks } from '../../src/terms/clauses.rules.js';
import { lotTerms, NO_TERMS } from '../../src/terms/terms.rules.js';

// The file of the communes is large: read once, before the clock of any test runs.
beforeAll(() => {
  isCommuneName('Laval');
}, 60_000);

const NAMES = ['Laval', 'Louverné'];
const found = (text: string, names = NAMES) =>
  wordingFindings(text, { names, isCommune: isCommuneName }).map(({ kind, word }) => `${kind}: ${word}`);
const rewordings = (text: string, kind: Wording['kind'] = 'criterion') =>
  wordingFindings(text, { names: NAMES, kind }).map(({ rewording }) => rewording.replaceAll('\u00a0', ' '));

describe('a preference of place, whatever the word for it (CE, 29 July 1994, no. 131562)', () => {
  test.each([
    ['Ancrage territorial de l’entreprise', ['Ancrage territorial']],
    ['Préférence géographique', ['Préférence géographique']],
    ['Retombées économiques sur le bassin d’emploi', ['Retombées économiques', 'bassin d’emploi']],
    ['Retombées pour le territoire', ['Retombées pour le territoire']],
    ['Entreprise bretonne ou normande', ['Entreprise bretonne ou normande']],
    ['Artisans sarthois', ['Artisans sarthois']],
    ['Commerçants de la commune', ['Commerçants de la commune']],
    ['Les PME de notre territoire', ['PME de notre territoire']],
    ['Pain cuit sur place dans la commune', ['cuit sur place dans la commune']],
    ['Légumes cultivés sur le territoire', ['cultivés sur le territoire']],
    ['Entreprises voisines', ['Entreprises voisines']],
    ['Artisans du cru', ['Artisans du cru']],
    ['Producteurs d’ici', ['Producteurs d’ici']],
    ["Des produits d'ici et de saison", ["produits d'ici"]],
    ['Aux entreprises du Grand Ouest', ['entreprises du Grand Ouest']],
    ['Entreprise de notre bassin de vie', ['Entreprise de notre bassin de vie']],
    ['Les entreprises du coin', ['entreprises du coin']],
    ['Code postal commençant par 53', ['Code postal commençant']],
    ['Code postal 53', ['Code postal 53']],
    ['L’atelier du titulaire se trouve sur le territoire de l’EPCI', ['le territoire']],
    ['représentant basé à Château-Gontier', ['Château-Gontier']],
    ['Le titulaire dispose d’un dépôt à Laval', ['Laval']],
    ['AGENCE À MAYENNE OU ENTREPÔT À CRAON', ['MAYENNE', 'CRAON']],
    ['Antenne au Mans', ['Mans']],
    ['Le candidat dispose d’un atelier à Évron', ['Évron']],
    ['Le titulaire tient un dépôt à saint-berthevin', ['saint-berthevin']],
    ['Savoir-faire de nos artisans', ['nos artisans']],
    ['Fournisseur du territoire', ['Fournisseur du territoire']],
    ['Contribution à l’économie du territoire', ['économie du territoire']],
    ['Connaissance du territoire', ['Connaissance du territoire']],
    ['Entreprise du 53', ['Entreprise du 53']],
    ['Les entreprises de Mayenne Communauté', ['Mayenne']],
    ['Délai de livraison depuis un dépôt à Laval', ['Laval']],
    ['Délai de livraison des entreprises du département', ['département']],
    ['Produits locaux\u00a0: végétaux locaux', ['locaux', 'locaux']],
  ])('caught: %s', (text, expected) => {
    expect(found(text)).toEqual(expected.map((word) => `place: ${word}`));
  });

  test.each([
    // A place of delivery prefers nobody.
    'Délai de livraison aux services techniques de Louverné',
    'Délai de livraison dans les communes du département\u00a0: 48\u00a0h',
    'Repas livrés chaque jour dans les écoles de Louverné',
    'Livraison franco de port au siège de la communauté de communes',
    'Délai d’intervention sur les sites de Mayenne Communauté',
    // Words that speak of something else.
    'Végétal local (label) ou équivalent',
    'Label «\u00a0Végétal local\u00a0» ou équivalent',
    'Conseil départemental de la Mayenne',
    'Rivière la Mayenne\u00a0: faucardage',
    'Siège de chantier ergonomique',
    'Siège ergonomique et siège de travail réglable',
    'Compteur kilométrique',
    'Indemnités kilométriques des intervenants',
    'Publicité locale',
    'Signalisation d’information locale',
    // Firms, establishments and territories that are not joined.
    'Le titulaire intervient sur le territoire de la commune',
    'Le titulaire livre les jeux installés dans la commune',
    'Enlèvement de dépôts sauvages sur le territoire de la commune',
    'Dépôt des offres sur PLACE',
    'Fonctionnement basé sur Excel',
    'Équipements basés sur la norme NF',
    'La commune dispose d’un atelier à Évron',
    'Nettoyage des bureaux à Évron',
    'Antenne relais à Évron',
    'Entreprise adaptée du secteur protégé',
    'Le prestataire de la commune remet ses fichiers',
    'Travaux achevés d’ici le 1er juin',
    'Livraison d’ici 48\u00a0h',
    'Fromage au lait cru',
    'Les entreprises du 15 mars au 2 avril',
    'Essence locale de haie',
    'Ancrage au sol du mobilier',
    'Indiquer le code postal',
    'Cuisson sur place des repas',
    'Un représentant désigné est joignable en 2\u00a0h',
    'Dépôt en ville',
  ])('no alarm on «\u00a0%s\u00a0»', (text) => {
    expect(found(text)).toEqual([]);
  });

  test('any commune of the country counts after an establishment of a bidder, and nowhere else', () => {
    const clause = 'Le titulaire a une agence à Bonchamp-lès-Laval ou à Ernée';
    expect(found(clause, [])).toEqual(['place: Bonchamp-lès-Laval']);
    expect(found('Chantier à Ernée', [])).toEqual([]);
    expect(found('Agence à Ici-Bas', [])).toEqual([]);
    expect(criterionPlaceWords({ label: 'Agence à Ernée', method: null }, [], isCommuneName)).toEqual([
      'Ernée',
    ]);
    expect(criterionPlaceWords({ label: 'Agence à Ernée', method: null }, [])).toEqual([]);
  });
});

describe('what decides between candidates decides the award', () => {
  const rule = (tieRule: string | null) =>
    tieRuleWordingChecks({ maxLotsBid: null, maxLotsAwarded: 1, tieRule }, NAMES, isCommuneName);

  test('a preference of place blocks, and no motive is offered', () => {
    const [check] = rule('Priorité à l’entreprise mayennaise, locale, de proximité');
    expect(check).toMatchObject({ rule: 'CRITERION_PLACE_WORDING', verdict: 'block' });
    expect(check!.article).toMatch(/131562/);
    expect(check!.sentence.replaceAll('\u00a0', ' ')).toBe(
      'La règle qui départage les candidats emploie « mayennaise », « locale », « proximité » : ce qui départage les candidats ne peut préférer un candidat pour le lieu où il se trouve. Écrire plutôt « l’offre la mieux notée au critère de plus fort poids l’emporte » ou « les lots sont attribués dans l’ordre de préférence du candidat ».',
    );
    expect(rule('L’entreprise qui a un dépôt à Ernée l’emporte')[0]!.verdict).toBe('block');
  });

  test('the rules in use raise no alarm; no rule has no check', () => {
    expect(USUAL_TIE_RULES.flatMap(rule).map(({ verdict }) => verdict)).toEqual(['ok', 'ok', 'ok']);
    expect(rule(null)).toEqual([]);
  });
});

test('the formula of a price is read, and warns', () => {
  const read = (priceFormula: string | null) =>
    formulaWordingChecks({ ...lotTerms(NO_TERMS), priceFormula }, NAMES).map(({ verdict }) => verdict);
  expect(read('P = P0 × I / I0, moins 2 % pour une entreprise locale')).toEqual(['warn']);
  expect(read('P = P0 × I / I0')).toEqual(['ok']);
  expect(read(null)).toEqual([]);
});

describe('what may be written instead', () => {
  test('a title is not reworded by a delay', () => {
    const [title] = titleWordingChecks(
      {
        title: 'Achats auprès des entreprises locales',
        object: null,
        noSplitMotive: null,
        durationMotive: 'Fidéliser les artisans du cru',
      },
      [{ title: 'Sel' }],
      isCommuneName,
    );
    expect(title!.sentence.replaceAll('\u00a0', ' ')).toMatch(
      /Écrire plutôt ce qui est acheté, sans dire de qui : « fournitures de bureau » ou « travaux de voirie »\.$/,
    );
  });

  test('the motive of the duration is read, and warns', () => {
    const checks = titleWordingChecks(
      { title: 'Sel', object: 'Sel', noSplitMotive: null, durationMotive: 'Fidéliser les artisans du cru' },
      [],
    );
    expect(checks.map(({ verdict, figures }) => `${figures['texte']}: ${verdict}`)).toContain(
      'le motif de la durée: warn',
    );
    expect(checks.find(({ verdict }) => verdict === 'warn')!.sentence).toMatch(
      /Écrire plutôt ce que le besoin exige/,
    );
  });

  test('a text that speaks of a delivery is not reworded by a delay of delivery', () => {
    expect(rewordings('Livraison depuis le département')).toEqual([
      '« livraison sur les sites de l’annexe »',
    ]);
    expect(rewordings('Livraison à Louverné')).toEqual(['« intervention en moins de 2 h »']);
  });

  test('what is advised raises no alarm itself', () => {
    for (const kind of ['title', 'tie_rule', 'motive', 'price_formula'] as const)
      for (const text of rewordings('Entreprises locales', kind)) expect(found(text)).toEqual([]);
  });
});

describe('a motive', () => {
  const check = (motive: string) =>
    wordingCheck({ where: 'le critère 2', texts: ['Proximité'], names: NAMES, motive }, true);

  test.each([
    'Parce que nous aimons les entreprises du coin',
    'Pour favoriser l’emploi dans le département',
    'Soutien aux artisans locaux',
    'Retombées économiques pour le territoire',
    'Les entreprises de Laval nous connaissent',
  ])('that states a preference of place is to be read again: %s', (motive) => {
    expect(check(motive)).toMatchObject({ verdict: 'warn', figures: { motif: motive } });
    expect(check(motive).sentence).toMatch(/son motif énonce lui-même une préférence de lieu/);
  });

  test.each([
    'Lié à l’exécution\u00a0: dépannage en deux heures',
    'Atelier à proximité\u00a0: les véhicules de secours ne peuvent être immobilisés plus de deux heures',
    'Parc existant de la commune',
    'Les repas liaison chaude sont servis à 30 minutes de route au plus',
  ])('that links to the execution is enough: %s', (motive) => {
    expect(check(motive).verdict).toBe('ok');
  });
});

test('one fault is told in the singular', () => {
  const told = (count: number) =>
    TERMS_REFUSALS.LOT_TERMS_UNSOUND.detail(count).replaceAll('\u00a0', ' ').split(' : ')[1];
  expect(told(1)).toBe('un point est à corriger, indiqué dans « errors ».');
  expect(told(3)).toBe('3 points sont à corriger, chacun indiqué dans « errors ».');
});

test.each([
  ['entreprises ', 15_000],
  ['entreprise bretonne ou ', 8_000],
  ['dépôt à Laval ', 4_000],
  ['Dépôt à La ', 4_000],
  ['dépôt  ', 15_000],
  ['titulaire dispose d’un atelier à ', 3_000],
  ['délai de livraison à Laval ', 6_000],
  ['siège a a a ', 10_000],
  ['code postal ', 10_000],
  ['direction departementale ', 8_000],
  ['d’ici ', 20_000],
  ['a-', 80_000],
])('a long hostile text is read at once: «\u00a0%s\u00a0» %i times', (part, times) => {
  const start = process.hrtime.bigint();
  const texts = [`${part.repeat(times)}local`];
  wordingCheck({ where: 'le CCTP', texts, names: NAMES, isCommune: isCommuneName, motive: null }, true);
  expect(Number((process.hrtime.bigint() - start) / 1_000_000n)).toBeLessThan(4_000);
});
