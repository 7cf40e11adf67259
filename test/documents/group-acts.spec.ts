import { councilResolutionText } from '../../src/documents/council-resolution.document.js';
import type { DossierVersion } from '../../src/documents/dossier.js';
import { membersListText } from '../../src/documents/members-list.document.js';
import type { PurchaseGroup } from '../../src/documents/purchase.js';
import { expectGolden, flatText, says } from '../support/document-text.js';
import { groupVersion, purchaseVersion, withoutCoordinatorNeed } from '../support/purchase-version.js';
import { sampleVersion } from '../support/sample-dossier.js';

const FULL = purchaseVersion();
const LEAST = purchaseVersion({ full: false });
const OLD = sampleVersion();
/** Nobody has decided yet. */
const undecided = ({ content, ...version }: DossierVersion): DossierVersion => ({
  ...version,
  content: {
    ...content,
    members: content.members.map((member) => ({ ...member, resolutionOn: null, resolutionNumber: null })),
  },
});

describe('members-list: members, missions, lots, decisions, signatures (law.md G2, G3, G8)', () => {
  const signed: PurchaseGroup['agreements'] = [
    {
      ...{ number: 1, label: 'Convention constitutive', summary: '', adoptedOn: '2026-04-15' },
      signedBy: [{ name: 'Ahuillé', on: '2026-06-02' }],
    },
  ];
  const full = flatText(membersListText, groupVersion({ agreements: signed }));
  const least = flatText(membersListText, LEAST);

  test.each([
    [
      'member: lots, decision, form, signature',
      'Ahuillé | 215 300 013 00012 | M. Exemple, maire | n° 2026-05-005 du 19 mai 2026 | 1, 2, 4, 5, 6, 9, 11, 12 | 26 juin 2026 | 2 juin 2026',
    ],
    [
      'member without a decision',
      'Laval Agglomération (coordonnateur) | 200 083 392 00015 | M. Exemple, maire | [À compléter] |',
    ],
    [
      'coordinator',
      'Coordonnateur : Laval Agglomération (SIRET 200 083 392 00015), représenté par Mme Exemple, présidente',
    ],
    ['version signed', 'version en vigueur de la convention : Convention constitutive du 15 avril 2026'],
    [
      'frozen at the publication (G8)',
      'Liste arrêtée à la publication de la consultation, le 12 janvier 2027.',
    ],
    ['who may order (R2162-6)', 'pour les lots qu’ils ont rejoints (article R2162-6'],
    ['decisions that miss', 'Décision d’adhésion attendue : 1 membre.'],
    [
      'signatures that miss (G5)',
      'Signature de la convention attendue : 31 membres. La consultation n’est pas lancée avant',
    ],
    ['who does not join', 'N’adhèrent pas au groupement : La Brûlatte, Launay-Villiers, Olivet.'],
    ['who withdrew (G9)', 'S’est retiré du groupement : Commune 98 (le 1er septembre 2026).'],
    ['mission, holder, who answers (L2113-7)', 'attribution | CA Exemple | tous les membres, solidairement'],
    ['committee of the group', 'propre au groupement (I de l’article L1414-3'],
    ['members by lot', '3 | Panneaux de signalisation | '],
    ['signature', '[signatures] Laval Agglomération | Mme Exemple, présidente | Le'],
  ])('with all that may be said: %s', (_, sentence) => {
    expect(says(full, sentence)).toBe(true);
  });

  test.each([
    ['not frozen', 'Liste à jour au 23 novembre 2026.'],
    ['what each does alone', 'transmission au contrôle de légalité | chaque membre | chaque membre, seul'],
    ['the coordinator’s committee', 'celle de Laval Agglomération (II de l’article L1414-3'],
  ])('with the least: %s', (_, sentence) => {
    expect([says(least, sentence), says(full, sentence)]).toEqual([true, false]);
  });

  test('what is left to write; nothing for an older dossier', () => {
    expect(full.gaps).toEqual(['Décision d’adhésion, ligne « Laval Agglomération (coordonnateur) »']);
    expect(least.gaps).toContain('Représentant, ligne « Ahuillé »');
    expect(flatText(membersListText, groupVersion({ agreements: [] })).gaps).toContain(
      'convention constitutive adoptée, et sa date',
    );
    expect(membersListText.subjects(OLD)).toEqual([]);
  });

  test('golden text', () => {
    expectGolden('members-list', full.text);
  });
});

describe('council-resolution: the model of a member’s own resolution (law.md §6, G6)', () => {
  const commune = { subject: '53001' };
  const full = flatText(councilResolutionText, undecided(FULL), commune);
  const least = flatText(councilResolutionText, undecided(LEAST), commune);
  const coordinator = flatText(councilResolutionText, FULL);

  test.each([
    ['its visas', 'notamment ses articles L2113-6 à L2113-8 ;'],
    ['the committee, and the council', 'notamment ses articles L1414-3 et L2121-29 ;'],
    ['solidarity (L2113-7)', 'ne sont solidairement responsables que des opérations menées conjointement'],
    ['its own figures', 'les besoins déclarés par Ahuillé dans les lots qui suivent sont estimés à'],
    ['in words', '11 819,05 € HT par an (onze mille huit cent dix-neuf euros et cinq centimes)'],
    [
      'it approves the agreement',
      'du groupement de commandes « Groupement exemple » est approuvée. Laval Agglomération en est le coordonnateur.',
    ],
    ['permanent', 'Le groupement est permanent'],
    ['it authorises the signature', 'Le maire est autorisé à signer la convention, le bulletin d’adhésion'],
    [
      'who signs in its name',
      'CA Exemple signe et notifie les marchés et accords-cadres au nom et pour le compte du membre Ahuillé',
    ],
    ['committee of the group: representative', '– titulaire : Mme Modèle, adjointe au maire ;'],
    ['committee of the group: alternate', '– suppléant : M. Spécimen, conseiller municipal.'],
    [
      'elected among (L1414-3 I)',
      'parmi les membres ayant voix délibérative de sa commission d’appel d’offres :',
    ],
    ['its share of the costs', 'La part revenant à Ahuillé dans les frais de la procédure est estimée à'],
    ['its budget line', 'Les crédits nécessaires sont inscrits au budget : budget principal, chapitre 011.'],
    ['when it is enforceable (L2131-1)', 'exécutoire dans les conditions de l’article L2131-1'],
  ])('with all that may be said: %s', (_, sentence) => {
    expect(says(full, sentence)).toBe(true);
  });

  test.each([
    ['one-off', 'Le groupement est constitué pour cette seule consultation.'],
    [
      'it signs itself what is not entrusted',
      'Le maire est également autorisé à signer, pour Ahuillé, les marchés',
    ],
    ['the coordinator’s committee', 'est celle du coordonnateur (II de l’article L1414-3'],
    ['it orders and pays', 'qu’il passe et paie lui-même'],
  ])('with the least: %s', (_, sentence) => {
    expect([says(least, sentence), says(full, sentence)]).toEqual([true, false]);
  });

  test('the coordinator accepts to be it', () => {
    expect(says(coordinator, 'et Laval Agglomération accepte d’en être le coordonnateur')).toBe(true);
    expect(says(coordinator, 'ne partage à ce jour aucun des frais de la procédure')).toBe(true);
    expect(councilResolutionText.subjects(FULL)).toEqual([FULL.content.coordinator.key]);
  });

  test('L5211-4-4 is a visa only where it applies; an older dossier asks', () => {
    const visa = 'Vu l’article L5211-4-4';
    const of = (dossier: DossierVersion) =>
      flatText(councilResolutionText, withoutCoordinatorNeed(undecided(dossier)), commune);
    expect([full, of(LEAST), of(FULL), of(OLD)].map((text) => says(text, visa))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(
      says(of(OLD), 'ou supprimer ce visa si Laval Agglomération n’est pas un établissement public'),
    ).toBe(true);
    expect(says(of(OLD), 'si la convention institue au contraire une commission propre')).toBe(true);
  });

  test('what is left to write is of the council alone', () => {
    expect(full.gaps).toEqual([
      ...['numéro', 'date de la séance', 'nombre', 'nombre', 'nombre', 'date de la convocation'],
      ...['nombre', 'nombre', 'nombre'],
    ]);
    expect(least.gaps).toEqual([...full.gaps, 'imputation budgétaire']);
  });

  test('golden text', () => {
    expectGolden('council-resolution', full.text);
  });
});
