import { commitmentText } from '../../src/documents/commitment.document.js';
import { consultationRulesText } from '../../src/documents/consultation-rules.document.js';
import { contractNoticeText } from '../../src/documents/contract-notice.document.js';
import type { DossierVersion } from '../../src/documents/dossier.js';
import { interestNoteText } from '../../src/documents/interest-note.document.js';
import { membersAnnexText } from '../../src/documents/members-annex.document.js';
import { particularTermsText } from '../../src/documents/particular-terms.document.js';
import type { Purchase } from '../../src/documents/purchase.js';
import { technicalMemoText } from '../../src/documents/technical-memo.document.js';
import { technicalTermsText } from '../../src/documents/technical-terms.document.js';
import { documentText } from '../support/document-text.js';
import { purchaseVersion } from '../support/purchase-version.js';

/** What law.md §6 asks of each document, with the words that say it: a template that drops one fails here. */
const full = purchaseVersion();
/** Typed spaces are no matter here. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
const says = (text: string, words: string | RegExp): void => {
  if (typeof words === 'string') expect(plain(text)).toContain(words);
  else expect(plain(text)).toMatch(words);
};
const change = (
  over: Partial<Purchase> | ((purchase: Purchase) => Purchase),
  isFull = true,
): DossierVersion =>
  purchaseVersion({ full: isFull }, (purchase) =>
    typeof over === 'function' ? over(purchase) : { ...purchase, ...over },
  );
const procedure = (over: Partial<Purchase['procedure']>, isFull = true): DossierVersion =>
  change((purchase) => ({ ...purchase, procedure: { ...purchase.procedure, ...over } }), isFull);

describe('règlement de la consultation', () => {
  const rules = (version: DossierVersion = full): string =>
    documentText('consultation-rules', consultationRulesText.model(version, ''));

  test.each<[string, string | RegExp]>([
    [
      'the group, its members and coordinator',
      'Coordonnateur : Laval Agglomération, SIRET 200 083 392 00015',
    ],
    ['each member, with its SIRET', 'Ahuillé (SIRET 215 300 013 00012)'],
    ['who may order', 'R2162-6'],
    ['the object', 'Objet : Achat exemple.'],
    ['CPV of each lot', /\| 1 \| Sel de déneigement et viabilité hivernale \| 34927100/],
    ['the place of execution', 'Lieu d’exécution'],
    ['the article of the procedure', 'appel d’offres restreint, articles L2124-2 et R2161-6'],
    ['its ground', 'Fondement : R2124-3'],
    ['urgency', 'Urgence exemple'],
    ['lots allowed', 'offre pour 5 lots au plus'],
    ['lots awarded at most', 'plus de 3 lots'],
    ['the tie rule', /R2113-1\) : Ordre de préférence du candidat/],
    ['no offer varies with the lots won', 'L2151-1'],
    ['variants', /lot 1, autorisées ; lot 2, exigées ; lot 3, interdites/],
    [
      'the form of the framework and its maximum',
      /accord-cadre à bons de commande \(R2162-13\) \| 60 000,00 €/,
    ],
    ['several holders', 'à tour de rôle'],
    ['duration and renewals', 'reconductible tacitement 3 fois'],
    ['that the holder cannot refuse a renewal', 'R2112-4'],
    ['candidature pieces', 'R2143-3'],
    ['DUME', 'DUME'],
    ['turnover cap', 'ne peut dépasser 150 % du montant estimé'],
    ['criteria and weights', '| 1 | Prix | 60 % |'],
    ['the environmental criterion', '| 1 | Environnement (critère environnemental) | 40 % |'],
    ['that the law asks for it', 'L2152-7'],
    ['deadline of offers', 'Date et heure limites de réception des offres : lundi 15 mars 2027 à 12 h 00'],
    ['deadline of candidacies', 'lundi 15 février 2027 à 12 h 00'],
    ['validity of offers', 'valables 120 jours'],
    ['profil d’acheteur', 'https://marches.exemple.fr'],
    ['questions', 'au plus tard 10 jours avant'],
    ['answers, in urgency', 'au plus tard 4 jours avant cette date (article R2132-6)'],
    ['reservation', 'Lot réservé (article L2113-12).'],
    ['electronic reply', 'R2132-7'],
    ['late offers', 'R2151-5'],
    ['abnormally low offers', 'anormalement basse'],
    ['standstill', 'au moins 11 jours'],
    ['motives', 'dans les 15 jours'],
    ['social clause contact', 'facilitateur de la maison de l’emploi'],
    ['court', 'Tribunal administratif de Nantes'],
  ])('says %s', (_, words) => says(rules(), words));

  test('negotiation belongs to the adapted procedure (R2123-5)', () => {
    says(
      rules(procedure({ followed: 'adapted' })),
      'se réserve la possibilité de négocier. L’acheteur peut attribuer sur la base des offres initiales',
    );
    says(rules(procedure({ followed: 'open' })), 'Les offres ne sont pas négociées.');
  });
  test('a duration above four years is justified (L2125-1)', () => {
    const version = full;
    const longer = { ...version, content: { ...version.content, years: 2, renewals: 3 } };
    says(rules(longer), 'Amortissement du matériel.');
  });
  test('the law of the launch applies: before 21 August 2026 no environmental criterion is said to be due', () => {
    const { critere_environnemental: _, ...law } = full.content.purchase!.law;
    expect(rules(change({ law }))).not.toContain('L2152-7');
  });
  test('one lot alone says why (L2113-11)', () => {
    const [lot] = full.content.lots;
    const one = { ...full, content: { ...full.content, lots: [lot!] } };
    says(rules(one), 'Motif : Un seul réseau.');
  });
  test('what nobody said is asked for, never invented', () => {
    const text = rules(purchaseVersion({ full: false }));
    for (const words of [
      'numéro de la consultation',
      'date et heure limites de réception des offres',
      'critères',
      'tribunal administratif compétent',
    ])
      says(text, `[À compléter : ${words}`);
  });
});

describe('CCAP', () => {
  const terms = (version: DossierVersion = full): string =>
    documentText('particular-terms', particularTermsText.model(version, ''));

  test.each<[string, string | RegExp]>([
    ['the maximum in figures and words', '60 000,00 € HT (soixante mille euros)'],
    ['the minimum', '1 000,00 € HT (mille euros)'],
    ['limits of members', '| 1 | Laval Agglomération | 100,00 € | 5 000,00 € |'],
    ['order of precedence', 'par ordre de priorité décroissante'],
    ['the CCAG', 'CCAG) applicable : fournitures courantes et services'],
    ['its derogations', /Dérogations au CCAG\n– aucun/],
    ['tacit renewal', 'reconduit tacitement 3 fois'],
    ['orders', 'SIRET, le numéro du contrat et du bon'],
    ['who orders', 'R2162-6'],
    ['sharing of orders', 'à tour de rôle'],
    ['prices', 'révisable (articles R2112-12 à R2112-14) | P = P0 × I / I0'],
    ['unit and lump-sum prices', 'R2112-6'],
    ['advance', /\| 1 \| 10 % \| 20 % \| montant minimum de l’accord-cadre/],
    ['from when an advance is due', 'excède 50 000,00 € HT et que le délai d’exécution excède 2 mois'],
    ['guarantee', 'lot 1 : 5 %, et 3 % pour une petite ou moyenne entreprise'],
    ['30 days', 'de 30 jours à compter'],
    ['interest', 'majoré de huit points'],
    ['40 €', 'indemnité forfaitaire de 40,00 €'],
    ['e-invoicing', 'L2192-1'],
    ['mentions of invoices', 'D2192-2'],
    ['penalties', 'Lot 1 : Cinquante euros par jour.'],
    ['environmental clause', 'Lot 1 : Emballages repris.'],
    ['social clause', 'Lot 2 : Heures d’insertion.'],
    ['social exemption', 'Lot 1 : sans clause sociale d’exécution (article L2112-2-1)'],
    ['words of measures', 'Lot réservé (article L2113-12).'],
    ['subcontracting', 'DC4'],
    ['insurance', 'Responsabilité civile professionnelle.'],
    ['modification', 'R2194-1'],
    ['termination', 'L2195-1'],
    ['mandate', 'CA Exemple assure l’exécution'],
    ['payment', 'CA Exemple règle les factures'],
    ['disputes', 'Tribunal administratif de Nantes'],
  ])('says %s', (_, words) => says(terms(), words));

  test('without mandate, each member orders and pays for itself (L2113-7)', () => {
    const text = terms(purchaseVersion({ full: false }));
    says(text, 'Chaque membre assure l’exécution pour ce qui le concerne');
    says(text, 'Chaque membre règle ses propres factures.');
  });
  test('a clause that is due and missing is asked for, from the day the duty began', () => {
    says(
      terms(purchaseVersion({ full: false })),
      'Lot 1 : [À compléter : condition d’exécution relative à l’environnement',
    );
    const { clause_environnementale: _, ...law } = full.content.purchase!.law;
    expect(terms(change({ law }, false))).not.toContain('condition d’exécution relative à l’environnement');
  });
});

describe('CCTP, acte d’engagement, mémoire, annexe', () => {
  const technical = documentText('technical-terms', technicalTermsText.model(full, '1'));
  const commitment = documentText('commitment', commitmentText.model(full, '1'));
  const memo = documentText('technical-memo', technicalMemoText.model(full, '1'));
  const annex = documentText('members-annex', membersAnnexText.model(full, ''));

  test.each<[string, string, string | RegExp]>([
    ['CCTP', technical, /VH-001 \| Sel de déneigement en vrac/],
    ['CCTP: equivalence', technical, '« ou équivalent »'],
    ['CCTP: sustainable development', technical, 'L2111-2'],
    ['CCTP: sites and hours', technical, 'Atelier | 1 rue Exemple | 8 h – 12 h'],
    ['CCTP: delays', technical, '48 heures à compter du bon de commande.'],
    ['CCTP: warranty', technical, 'un an à compter de l’admission'],
    ['AE: buyers and coordinator', commitment, 'Coordonnateur : Laval Agglomération'],
    ['AE: capacity of the signatory', commitment, 'délibération n° 2026-12 du 12 mai 2026'],
    ['AE: SIRET of the holder', commitment, '| SIRET | ……'],
    ['AE: group of firms and its agent', commitment, 'Groupement (conjoint / solidaire), mandataire'],
    ['AE: BPU and maximum', commitment, '60 000,00 € HT (soixante mille euros)'],
    ['AE: advance', commitment, 'accepte l’avance'],
    ['AE: bank', commitment, 'IBAN'],
    ['AE: duration', commitment, 'à compter de la notification'],
    [
      'AE: accountant and budget per member',
      commitment,
      'service de gestion comptable de Laval | budget principal, chapitre 011',
    ],
    ['AE: subcontractors', commitment, 'DC4'],
    ['AE: signatures', commitment, '[signatures]'],
    ['AE: notification', commitment, 'Reçu notification'],
    ['memo: each criterion but the price', memo, '1. Environnement (40 %)'],
    ['memo: questions', memo, 'Comment livrez-vous en période de neige ?'],
    ['annex: members', annex, 'Ahuillé | 215 300 013 00012'],
    ['annex: quantities by member', annex, /VH-001 \| [^|]+ \| tonne \| 459,19 \| .*Argentré : /],
    ['annex: limits', annex, 'maximum 5 000,00 € HT'],
    ['annex: sites', annex, 'Pôle Exemple | Dépôt'],
  ])('%s', (_, text, words) => says(text, words));

  test('the price is no question of the memo', () => {
    expect(memo).not.toContain('Prix (60');
  });
  test('what bidders fill is no gap of the buyer', () => {
    const { length } = commitment.match(/\[À compléter/g) ?? [];
    expect(length).toBe(0);
  });
});

describe('avis', () => {
  const notice = (version: DossierVersion = full): string =>
    documentText('contract-notice', contractNoticeText.model(version, ''));
  test.each<[string, string | RegExp]>([
    ['the group', 'Groupement de commandes « Groupement exemple »'],
    ['its members', 'R2162-6'],
    [
      'lots, CPV and maximum',
      /\| 1 \| Sel de déneigement et viabilité hivernale \| 34927100 \| accord-cadre à bons de commande, plusieurs titulaires \| 60 000,00 €/,
    ],
    ['lots per bidder', 'Offres pour 5 lots au plus'],
    ['tie rule', 'Ordre de préférence du candidat'],
    ['reservation', 'Lot réservé (article L2113-12).'],
    ['conditions', 'Liste de trois livraisons comparables.'],
    ['turnover', '150 %'],
    ['criteria', 'Prix 60 %, Environnement 40 % (environnement)'],
    ['deadline', 'lundi 15 mars 2027 à 12 h 00'],
    ['electronic', 'Transmission par voie électronique obligatoire'],
    ['language and validity', 'Langue : français. Durée de validité des offres : 120 jours'],
    ['court', 'Tribunal administratif de Nantes'],
  ])('says %s', (_, words) => says(notice(), words));

  test('without competition there is no notice (R2122-8)', () => {
    expect(contractNoticeText.subjects(procedure({ followed: 'direct' }))).toEqual([]);
  });
});

describe('note d’opportunité', () => {
  const note = documentText('interest-note', interestNoteText.model(full, ''));
  test.each<[string, string | RegExp]>([
    ['it is internal', 'Il n’est pas communiqué aux candidats'],
    ['estimate in figures and words', '540 000,00 € HT (cinq cent quarante mille euros)'],
    ['options and premiums', 'options 1 000,00 € HT'],
    ['thresholds of the day', '| Procédure formalisée | 216 000,00 € | L2124-1 |'],
    ['procedure', 'une procédure formalisée. Procédure retenue : appel d’offres restreint'],
    ['small lots', '20 % de la valeur'],
    ['who is not counted', /Sans besoin compté : .*Louverné/],
    ['costs', 'Avis de publicité'],
  ])('says %s', (_, words) => says(note, words));
});
