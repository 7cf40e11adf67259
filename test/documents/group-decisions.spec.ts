import { delegatedDecisionText } from '../../src/documents/delegated-decision.document.js';
import type { DossierVersion } from '../../src/documents/dossier.js';
import { expectGolden, flatText, says } from '../support/document-text.js';
import { groupVersion, purchaseVersion, withoutCoordinatorNeed } from '../support/purchase-version.js';
import { sampleVersion } from '../support/sample-dossier.js';

const FULL = purchaseVersion();
const LEAST = purchaseVersion({ full: false });
const OLD = sampleVersion();
const COORDINATOR = FULL.content.coordinator;

describe('delegated-decision: the president of an EPCI decides by delegation (law.md G6, §6)', () => {
  const full = flatText(delegatedDecisionText, FULL);
  const least = flatText(delegatedDecisionText, groupVersion({ coordinatorKind: 'epci' }, false));
  /** The EPCI only coordinates. */
  const outside = (dossier: DossierVersion): DossierVersion => ({
    ...dossier,
    content: {
      ...dossier.content,
      members: dossier.content.members.filter(({ key }) => key !== COORDINATOR.key),
    },
  });

  test.each([
    ['visas of the CCP', 'notamment ses articles L2113-6 à L2113-8 ;'],
    ['visas of the CGCT', 'notamment ses articles L1414-3 et L5211-10 ;'],
    [
      'the delegation itself',
      'a délégué à son président la conclusion des conventions de groupement de commandes',
    ],
    ['solidarity (L2113-7)', 'ne sont solidairement responsables que des opérations menées conjointement'],
    [
      'its own figures',
      '45 428,77 € HT par an (quarante-cinq mille quatre cent vingt-huit euros et soixante-dix-sept centimes)',
    ],
    ['by lot', '12 | Batteries, huiles et pièces de véhicules | 896,40'],
    [
      'it approves the agreement',
      'La convention constitutive du groupement de commandes « Groupement exemple » est approuvée.',
    ],
    ['it signs', 'Mme Exemple, présidente, signe la convention, le bulletin d’adhésion'],
    [
      'who signs the contracts',
      'Les marchés et accords-cadres sont signés au nom et pour le compte des membres par CA Exemple.',
    ],
    ['committee of the group', '– titulaire : Mme Modèle, adjointe au maire ;'],
    ['alternate', '– suppléant : M. Spécimen, conseiller municipal.'],
    [
      'costs',
      'estimés à 14 999,06 € TTC (quatorze mille neuf cent quatre-vingt-dix-neuf euros et six centimes), et émet un titre',
    ],
    ['budget line', 'Les crédits nécessaires sont inscrits au budget : budget principal, chapitre 011.'],
    [
      'account to the assembly (L5211-10)',
      'Le président rend compte de la présente décision à l’organe délibérant',
    ],
    ['enforceable (L2131-1, L5211-3)', 'exécutoire dans les conditions des articles L2131-1 et L5211-3'],
    ['court', 'Tribunal administratif de Nantes'],
  ])('with all that may be said: %s', (_, sentence) => {
    expect(says(full, sentence)).toBe(true);
  });

  test.each([
    ['the committee is its own', 'est celle de Laval Agglomération (II de l’article L1414-3'],
    ['each member signs', 'Chaque membre signe les marchés et accords-cadres des lots qu’il a rejoints.'],
    ['one-off', 'Le groupement est constitué pour cette seule consultation.'],
  ])('with the least: %s', (_, sentence) => {
    expect([says(least, sentence), says(full, sentence)]).toEqual([true, false]);
  });

  test('only for an EPCI that has not decided yet', () => {
    expect(delegatedDecisionText.subjects(FULL)).toEqual([COORDINATOR.key]);
    expect(delegatedDecisionText.subjects(LEAST)).toEqual([]);
    expect(delegatedDecisionText.subjects(OLD)).toEqual([]);
    expect(delegatedDecisionText.subjects(outside(FULL))).toEqual([COORDINATOR.key]);
    const decided = FULL.content.members.map((member) => ({ ...member, resolutionOn: '2026-05-19' }));
    const dossier = { ...FULL, content: { ...FULL.content, members: decided } };
    expect(delegatedDecisionText.subjects(dossier)).toEqual([]);
  });

  test('without any need of its own, it acts free of charge and its statutes say so (L5211-4-4)', () => {
    const text = flatText(delegatedDecisionText, withoutCoordinatorNeed(outside(FULL)));
    expect(says(text, 'sans y satisfaire de besoin propre')).toBe(true);
    expect(says(text, 'est apporté à titre gratuit')).toBe(true);
    expect(text.gaps).toContain('article des statuts qui prévoit expressément cette mission');
    expect(says(full, 'L5211-4-4')).toBe(false);
  });

  test('what is left to write', () => {
    expect(full.gaps).toEqual(['numéro', 'date de la décision', 'numéro', 'date']);
    expect(least.gaps).toEqual([
      ...full.gaps,
      'nom et qualité du représentant du coordonnateur',
      'imputation budgétaire',
      'tribunal administratif compétent, et son adresse',
    ]);
  });

  test('golden text', () => {
    expectGolden('delegated-decision', full.text);
  });
});
