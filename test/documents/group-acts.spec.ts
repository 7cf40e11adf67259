import { membersListText } from '../../src/documents/members-list.document.js';
import type { PurchaseGroup } from '../../src/documents/purchase.js';
import { flatText, says } from '../support/document-text.js';
import { groupVersion, purchaseVersion } from '../support/purchase-version.js';
import { sampleVersion } from '../support/sample-dossier.js';

const LEAST = purchaseVersion({ full: false });
const OLD = sampleVersion();

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
