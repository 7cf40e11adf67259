import { councilResolutionText } from '../../src/documents/council-resolution.document.js';
import type { DossierVersion } from '../../src/documents/dossier.js';
import { membersListText } from '../../src/documents/members-list.document.js';
import { membershipFormText } from '../../src/documents/membership-form.document.js';
import type { PurchaseGroup } from '../../src/documents/purchase.js';
import { flatText, says } from '../support/document-text.js';
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
});

describe('membership-form: a member joins one consultation, lot by lot (law.md G7, G10, §11 2)', () => {
  const commune = { subject: '53001' };
  const full = flatText(membershipFormText, FULL, commune);
  const least = flatText(membershipFormText, LEAST, commune);
  const with1 = (change: object, dossier: DossierVersion = LEAST): DossierVersion => ({
    ...dossier,
    content: {
      ...dossier.content,
      members: dossier.content.members.map((member) =>
        member.key === '53001' ? { ...member, ...change } : member,
      ),
    },
  });

  test.each([
    [
      'member',
      'Ahuillé, représenté par M. Exemple, maire, membre du groupement dont Laval Agglomération est le coordonnateur',
    ],
    ['its resolution (G6)', 'Vu la délibération n° 2026-05-005 du 19 mai 2026 approuvant cette convention'],
    ['lots, declared amounts, minimum and maximum', '9 | Petite maçonnerie | 851,40 | 100,00 | 5 000,00'],
    ['no other lot', 'Tout lot qui n’est pas inscrit ici n’est pas rejoint.'],
    ['declared, in words', '11 819,05 € HT par an (onze mille huit cent dix-neuf euros et cinq centimes)'],
    ['over the whole duration', '47 276,20 € HT sur la durée la plus longue des contrats'],
    ['minimum owed', 'sauf à hauteur du minimum inscrit ci-dessus, que le membre doit au titulaire'],
    [
      'maximum (R2162-4)',
      'ne dépassent pas son maximum, ni le maximum de chaque accord-cadre (article R2162-4',
    ],
    [
      'duration (R2112-4)',
      'conclus pour 1 an, reconductible 3 fois pour une durée d’un an, soit 4 ans au plus',
    ],
    [
      'share of the costs',
      'La part du membre est estimée à 222,76 € TTC (deux cent vingt-deux euros et soixante-seize centimes), en proportion de la population municipale',
    ],
    [
      'budget',
      'Imputation : budget principal, chapitre 011. Comptable assignataire : service de gestion comptable de Laval.',
    ],
    ['it accepts the holder', '1. accepter le titulaire retenu à l’issue de la procédure commune ;'],
    ['who orders', '3. adresser ses demandes à CA Exemple, qui commande en son nom'],
    ['who pays', '4. rembourser à CA Exemple le coût exact, toutes taxes comprises'],
    ['who signs', 'CA Exemple signe les marchés et accords-cadres au nom et pour le compte du membre.'],
    ['solidarity (L2113-7)', 'Il n’est solidaire des autres membres que des opérations menées conjointement'],
    ['frozen at the publication (G7)', 'La consultation a été publiée le 12 janvier 2027.'],
    ['general interest (G10)', 'pour un motif d’intérêt général énoncé par une délibération motivée'],
    ['signed already', 'Bulletin enregistré comme signé le 26 juin 2026.'],
    [
      'signature',
      '[signatures] Ahuillé | Nom et qualité : | Le | Laval Agglomération, coordonnateur | Reçu le',
    ],
  ])('with all that may be said: %s', (_, sentence) => {
    expect(says(full, sentence)).toBe(true);
  });

  test.each([
    [
      'free until the publication',
      'Jusqu’à la publication de la consultation, prévue le 11 janvier 2027, le membre peut modifier ou retirer librement',
    ],
    ['it orders itself', '3. passer lui-même ses commandes'],
    ['it pays itself', '4. payer sur ses crédits'],
    ['no minimum', 'ils n’obligent pas à commander. Les commandes du membre ne dépassent pas le maximum'],
  ])('with the least: %s', (_, sentence) => {
    expect([says(least, sentence), says(full, sentence)]).toEqual([true, false]);
  });

  test('one per member; nothing declared, nothing joined, nothing decided are asked for', () => {
    expect(membershipFormText.subjects(FULL)).toHaveLength(32);
    expect(membershipFormText.subjects(OLD)).toEqual([]);
    const empty = flatText(
      membershipFormText,
      with1({
        validLines: 0,
        lots: [],
        resolutionOn: null,
        resolutionNumber: null,
        lateLines: 2,
        formSignedOn: null,
      }),
      commune,
    );
    expect(empty.gaps).toEqual([
      'représentant, et sa qualité',
      'délibération qui approuve la convention et autorise la signature du présent bulletin, son numéro et sa date',
      'lots rejoints',
      'montant HT par an, en chiffres et en lettres',
      'imputation budgétaire',
      'comptable assignataire',
      'correspondant pour les commandes',
    ]);
    expect(says(empty, 'est arrivée hors délai ou est restée à l’état de brouillon')).toBe(true);
    expect(says(empty, 'Fait à ……')).toBe(true);
    expect(full.gaps).toEqual([]);
  });
});
