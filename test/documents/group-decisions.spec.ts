import { committeeSheetText } from '../../src/documents/committee-sheet.document.js';
import { delegatedDecisionText } from '../../src/documents/delegated-decision.document.js';
import type { DossierVersion } from '../../src/documents/dossier.js';
import { withdrawalActText } from '../../src/documents/withdrawal-act.document.js';
import { flatText, says } from '../support/document-text.js';
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
});

describe('committee-sheet: who sits (CGCT L1414-3, L1411-5; law.md §1.3)', () => {
  const full = flatText(committeeSheetText, FULL);
  const least = flatText(committeeSheetText, LEAST);
  const coordinatedBy = (coordinatorKind: string, population = 0): DossierVersion => {
    const { content, ...version } = groupVersion({ coordinatorKind }, false);
    const members = content.members.map((member) =>
      member.key === COORDINATOR.key ? { ...member, population } : member,
    );
    return { ...version, content: { ...content, members } };
  };

  test.each([
    ['the group’s own (I)', 'propre au groupement, en application du I de l’article L1414-3'],
    [
      'representative and alternate',
      'Ahuillé | Mme Modèle, adjointe au maire | M. Spécimen, conseiller municipal',
    ],
    ['who chairs', 'Laval Agglomération (préside) |'],
    ['the coordinator’s chairs', 'La commission est présidée par le représentant du coordonnateur.'],
    [
      'elected among',
      'élu parmi les membres ayant voix délibérative de la commission d’appel d’offres du membre',
    ],
    [
      'members without a committee',
      'un membre qui n’a pas de commission désigne son représentant selon ses propres règles',
    ],
    ['votes', 'Chaque membre a une voix : 32 voix délibératives.'],
    [
      'quorum',
      'soit 17 présents sur 32. À défaut, la commission est convoquée de nouveau et se réunit alors sans quorum',
    ],
    ['casting vote', 'en cas de partage, la voix du président est prépondérante.'],
    ['what it awards (L1414-2)', 'passés selon une procédure formalisée (article L1414-2)'],
    ['who has no vote (III)', '(III de l’article L1414-3)'],
    ['the sheet to fill in', '# Fiche de désignation'],
  ])('elected: %s', (_, sentence) => {
    expect(says(full, sentence)).toBe(true);
  });

  test.each([
    [
      'it says so (II)',
      'la commission d’appel d’offres du coordonnateur, en application du II de l’article L1414-3',
    ],
    ['nobody is to be named', 'le présent document n’appelle aucune désignation'],
    [
      'quorum',
      'Quorum. Il est atteint lorsque plus de la moitié des membres à voix délibérative sont présents. À défaut',
    ],
    ['no casting vote', 'la voix du président n’étant pas prépondérante'],
  ])('the coordinator’s: %s', (_, sentence) => {
    expect([says(least, sentence), says(full, sentence)]).toEqual([true, false]);
  });

  test.each([
    [
      'epci',
      0,
      'comprend le président, autorité habilitée à signer, ou son représentant, qui la préside, et cinq membres',
    ],
    ['syndicat', 0, 'comprend le président, autorité habilitée à signer'],
    ['commune', 3500, 'commune de 3 500 habitants et plus, comprend le maire'],
    [
      'commune',
      3499,
      'cinq dans une commune de 3 500 habitants et plus, trois dans une commune moins peuplée',
    ],
    ['other', 0, '[À compléter : composition de la commission d’appel d’offres de Laval Agglomération'],
  ])('the coordinator’s: who sits by law, %s of %d inhabitants', (kind, population, sentence) => {
    const text = flatText(committeeSheetText, coordinatedBy(kind, population));
    expect(says(text, sentence)).toBe(true);
    expect(text.gaps.length > 1).toBe(kind === 'other' || population === 3499);
  });

  test('a coordinator that is not a member votes too', () => {
    const members = FULL.content.members.filter(({ key }) => key !== COORDINATOR.key);
    const text = flatText(committeeSheetText, { ...FULL, content: { ...FULL.content, members } });
    expect(says(text, '32 voix délibératives')).toBe(true);
  });

  test('what is left to write; nothing for an older dossier', () => {
    expect(full.gaps).toEqual([]);
    const unnamed = flatText(
      committeeSheetText,
      groupVersion({ committee: { kind: 'elected', castingVote: true } }, false),
    );
    expect(unnamed.gaps).toHaveLength(64);
    expect(unnamed.gaps[2]).toBe('Titulaire, ligne « Ahuillé »');
    expect(committeeSheetText.subjects(OLD)).toEqual([]);
  });
});

describe('withdrawal-act: a member leaves (law.md G9, G10, §6)', () => {
  const full = flatText(withdrawalActText, FULL);
  const late = flatText(
    withdrawalActText,
    groupVersion({
      kind: 'one_off',
      withdrawn: [
        { key: '99098', name: 'Commune 98', siret: '21999009800017', reason: null, on: '2027-02-01' },
      ],
    }),
  );

  test.each([
    ['who', 'Commune 98 – SIRET 219 990 098 00017'],
    [
      'the group',
      'Groupement : Groupement exemple. Coordonnateur : Laval Agglomération (SIRET 200 083 392 00015)',
    ],
    [
      'its decision',
      'par laquelle Commune 98 se retire du groupement, prise dans les formes de son adhésion',
    ],
    ['from when', 'Commune 98 se retire du groupement, à compter du 1er septembre 2026.'],
    ['why', 'Motif : Motif'],
    [
      'free before the publication',
      'Le retrait intervient avant la publication de la consultation « Laval Agglomération – services techniques 2027 », le 12 janvier 2027 : il est libre',
    ],
    ['its needs', 'ses besoins sont retirés des quantités'],
    [
      'what it joined earlier',
      'reste engagé, jusqu’à leur terme, par les marchés et accords-cadres des lots rejoints dans les consultations publiées avant le retrait',
    ],
    [
      'costs already committed',
      'reste tenu de sa part des frais de procédure engagés au nom des membres à la date du retrait',
    ],
    ['no cost after', 'Aucun frais engagé après le retrait ne lui est demandé.'],
    ['solidarity (L2113-7)', 'avant cette date (article L2113-7 du code de la commande publique)'],
    [
      'notice',
      'Le présent acte est adressé par écrit au coordonnateur ; le retrait prend effet à sa réception',
    ],
    ['the others are told', 'en informe les autres membres'],
    [
      'signatures',
      '[signatures] Commune 98 | Nom et qualité : | Le | Laval Agglomération, coordonnateur | Mme Exemple, présidente',
    ],
  ])('before the publication: %s', (_, sentence) => {
    expect(says(full, sentence)).toBe(true);
  });

  test.each([
    [
      'for the next consultations only',
      'a été publiée le 12 janvier 2027, avant le retrait : celui-ci ne vaut que pour les consultations publiées après lui',
    ],
    ['general interest (G10)', 'pour un motif d’intérêt général énoncé par une délibération motivée'],
    ['its costs', 'y compris l’indemnisation éventuelle du titulaire'],
  ])('after the publication: %s', (_, sentence) => {
    expect([says(late, sentence), says(full, sentence)]).toEqual([true, false]);
  });

  test('nothing is due where the coordinator bears the costs', () => {
    const text = flatText(withdrawalActText, purchaseVersion({ key: 'none' }));
    expect(says(text, 'aucune somme n’est due au titre du retrait')).toBe(true);
    expect(text.gaps).toEqual(['numéro', 'date', 'nom et qualité du signataire']);
  });

  test('one per withdrawn member; what is left to write', () => {
    expect(withdrawalActText.subjects(FULL)).toEqual(['99098']);
    expect(withdrawalActText.subjects(LEAST)).toEqual([]);
    expect(withdrawalActText.subjects(OLD)).toEqual([]);
    expect(full.gaps).toEqual([
      ...['numéro', 'date', 'nom et qualité du signataire'],
      'montant TTC, en chiffres et en lettres, ou « néant »',
    ]);
    expect(late.gaps).toContain('motif du retrait, ou « sans motif »');
    expect(late.gaps).toContain(
      'délibération motivée, son numéro et sa date, ou « sans objet, aucun lot rejoint »',
    );
  });
});
