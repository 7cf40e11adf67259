import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { censusSheetText } from '../../src/documents/census-sheet.document.js';
import { consolidatedNeedsText } from '../../src/documents/consolidated-needs.document.js';
import type { Dossier, DossierVersion } from '../../src/documents/dossier.js';
import { Templates } from '../../src/platform/markdown/templates.js';
import { renderText } from '../../src/platform/texts/text-document.js';
import { flatText, says } from '../support/document-text.js';
import { purchaseVersion } from '../support/purchase-version.js';
import { sampleVersion } from '../support/sample-dossier.js';
import { requireTool } from '../support/tools.js';

const FULL = purchaseVersion();
const LEAST = purchaseVersion({ full: false });
const [{ key: COORDINATOR }] = FULL.content.members as [Dossier['members'][number]];
const keyOf = (name: string): string => FULL.content.members.find((one) => one.name === name)!.key;
const changed = (change: (content: Dossier) => Partial<Dossier>): DossierVersion => ({
  ...FULL,
  content: { ...FULL.content, ...change(FULL.content) },
});

describe('fiche de recensement (CCP L2111-1, R2121-7; law.md §9)', () => {
  const declared = flatText(censusSheetText, FULL, { subject: COORDINATOR });
  const silent = flatText(censusSheetText, FULL, { subject: keyOf('Louverné') });

  test.each([
    ['the member and its SIRET', 'Laval Agglomération, SIRET 200 083 392 00015'],
    ['the group', 'groupement de commandes « Groupement exemple » coordonné par Laval Agglomération'],
    ['until when it is received', 'limites de réponse : mardi 15 décembre 2026 à 17 h 00 (heure de Paris).'],
    ['whom the coordinator asks', 'Correspondant du membre : secrétariat de mairie, 02 43 00 00 00.'],
    ['a joined lot', '## Lot 2 – Enrobé à froid, granulats et produits de voirie'],
    [
      'unit, packaging and quantities',
      '| VH-004 | Saumure de chlorure de sodium | litre | 1000 | 567 | 1 319 |',
    ],
    ['zero is written', '| VH-002 | Sel de déneigement, sac de 25 kg | sac | 40 | ……… | 0 | 0 |'],
    [
      'what is not declared is dotted',
      '| VO-001 | Enrobé à froid 0/4 en vrac, départ | tonne | 1 | ……… | ……… |',
    ],
    ['how much of a lot is missing', '3 articles de ce lot ne sont pas renseignés'],
    ['the period of the need (R2121-7)', 'corrigée des changements prévus (article R2121-7'],
    ['the duration of the contract', 'passé pour 1 an, reconductible 3 fois pour une durée d’un an'],
    ['empty is not zero', 'Une case vide n’est pas un zéro.'],
    ['silence is not zero', 'L’absence de réponse n’est pas un besoin nul'],
    ['nothing is taken from last year', 'la quantité de l’an dernier n’est jamais reprise d’office'],
    ['who is silent is excluded, in writing', 'n’est compté dans aucun lot ; il en est informé par écrit'],
    ['never after the publication (G7)', 'après, les besoins ne changent plus (article L2111-1)'],
    ['how to answer', 'renvoyer cette fiche remplie et signée à marches@exemple.fr'],
    ['the agreement of the mayor', 'transmise avec l’accord du maire'],
    ['bidders see it (R2132-1)', 'joints aux documents de la consultation que reçoivent les candidats'],
    ['items that the catalogue lacks', '## Articles qui manquent au catalogue'],
    [
      'contract in force',
      '| Lot | Fournisseur | Fin du contrat | Préavis | Dépense HT, douze derniers mois |',
    ],
    [
      'known sites and hours',
      '| Atelier | 1 rue Exemple | 8 h – 12 h | 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 |',
    ],
    ['signature', 'Le maire, ou le représentant du membre'],
  ])('says %s', (_, sentence) => expect(says(declared, sentence)).toBe(true));

  test('only joined lots are there', () => {
    expect(declared.text).not.toContain('## Lot 5 –');
    expect(declared.text.match(/## Lot /g)).toHaveLength(8);
  });

  test.each([
    ['Louverné', 'Louverné n’a pas répondu : chaque quantité est à remplir.'],
    ['Louvigné', 'La réponse de Louvigné est arrivée hors délai'],
    ['Beaulieu-sur-Oudon', 'La réponse de Beaulieu-sur-Oudon est restée à l’état de brouillon'],
  ])('%s is told where its answer stands, and finds no quantity that does not count', (name, sentence) => {
    const sheet = flatText(censusSheetText, FULL, { subject: keyOf(name) });
    expect(says(sheet, sentence)).toBe(true);
    expect(sheet.text).toMatch(/\| VH-001 \| [^|]+ \| tonne \| 1 \| ……… \| ……… \| ……… \|/);
  });

  test('a box says « aucun besoin », for one lot and for all', () => {
    expect(silent.text).toMatch(/^\[ {3}\] Aucun besoin, dans aucun des lots qui suivent\.$/m);
    expect(
      silent.text.match(/^\[ {3}\] Aucun besoin dans ce lot ; sinon, quantités d’une année :$/gm),
    ).toHaveLength(FULL.content.members.find(({ name }) => name === 'Louverné')!.lots.length);
    expect(declared.text).not.toContain('Aucun besoin');
  });

  test('a lot filled with zeros is a confirmed absence of need', () => {
    const zeros = changed(({ needs, lots: [lot] }) => ({
      needs: [
        ...needs.filter(({ memberKey }) => memberKey !== COORDINATOR),
        ...lot!.items.map(({ code }) => ({
          ...{ memberKey: COORDINATOR, itemCode: code, minimum: null, estimate: '0', maximum: null },
        })),
      ],
    }));
    const sheet = flatText(censusSheetText, zeros, { subject: COORDINATOR });
    expect(says(sheet, '[ X ] Aucun besoin dans ce lot, confirmé par zéro :')).toBe(true);
  });

  test('what nobody wrote is asked for', () => {
    expect(declared.gaps).toEqual([]);
    expect(flatText(censusSheetText, LEAST).gaps).toEqual([
      'date et heure limites de réponse au recensement',
      'correspondant pour les commandes',
      'adresse électronique du coordonnateur',
    ]);
  });

  test('there is one for each member, none without a purchase', () => {
    expect(censusSheetText.subjects(FULL)).toEqual(FULL.content.members.map(({ key }) => key));
    expect(censusSheetText.subjects(sampleVersion())).toEqual([]);
  });
});

describe('besoins consolidés (CCP L2111-1, R2132-1; law.md §9)', () => {
  const needs = flatText(consolidatedNeedsText, FULL);

  test.each([
    ['how many members are counted', '25 membres sur 32 sont comptés'],
    [
      'the yearly amount in words',
      '1 219 812,50 € HT par an (un million deux cent dix-neuf mille huit cent douze',
    ],
    [
      'over the whole duration',
      'soit 4 879 250,00 € HT (quatre millions huit cent soixante-dix-neuf mille deux',
    ],
    ['that silence is no zero', 'L’absence de réponse n’est pas un besoin nul.'],
    ['who is excluded, silent', 'Exclus, sans réponse : Entrammes, Le Genest-Saint-Isle, Louverné.'],
    ['who is excluded, late', 'Exclus, réponse hors délai : Louvigné, Parné-sur-Roc.'],
    [
      'who is excluded, draft',
      'Exclus, réponse restée à l’état de brouillon : Beaulieu-sur-Oudon, La Chapelle-',
    ],
    ['that they are told', 'ils en sont informés par écrit'],
    ['who does not join', 'N’adhèrent pas au groupement : La Brûlatte, Launay-Villiers, Olivet.'],
    [
      'amounts of a lot',
      '| 1 | Sel de déneigement et viabilité hivernale | 16 | 99 926,13 | 19 985,23 | 119 911,36 |',
    ],
    ['the total', '| Total |  |  | 1 219 812,50 | 220 718,39 | 1 440 530,89 |'],
    ['the CPV of a lot', 'Code CPV 34927100.'],
    [
      'an item × its three totals',
      '| VH-001 | Sel de déneigement en vrac, rendu, NF P98-180 | tonne | 11 | 7,16 | 459,19 | 512,65 |',
    ],
    ['members of a lot', 'Membres qui ont un besoin (16) : Laval Agglomération, Ahuillé, Argentré,'],
    ['a member with a confirmed absence of need', 'Sans besoin, confirmé par zéro : La Gravelle.'],
    [
      'who is excluded from a lot',
      'Exclus de ce lot, qu’ils ont rejoint sans y déclarer de quantité valable : Beaulieu-',
    ],
    ['what an empty minimum or maximum counts for', 'un maximum non déclaré pour la quantité estimée'],
    [
      'that the maximum is fixed elsewhere (R2162-4)',
      'fixé par les documents de la consultation (article R2162-4)',
    ],
    ['the hash of the data', `Empreinte SHA-256 de la version 1 : ${FULL.sha256}.`],
  ])('says %s', (_, sentence) => expect(says(needs, sentence)).toBe(true));

  test('amounts of lots add up to the total', () => {
    const rows = [
      ...needs.text.matchAll(/^\| \d+ \| [^|]+ \| \d+ \| ([\d ,]+) \| ([\d ,]+) \| ([\d ,]+) \|$/gm),
    ];
    const cents = (text: string): number => Number(text.replace(/[ ,]/g, ''));
    const total = (at: number): number => rows.reduce((sum, row) => sum + cents(row[at]!), 0);
    expect(rows).toHaveLength(12);
    expect([total(1), total(2), total(3)]).toEqual([121981250, 22071839, 144053089]);
  });

  test('all counted, nobody is excluded', () => {
    const all = changed(({ members }) => ({
      members: members
        .filter(({ validLines }) => validLines > 0)
        .map((one) => ({ ...one, lateLines: 0, draftLines: 0 })),
    }));
    const text = flatText(consolidatedNeedsText, all);
    expect(says(text, 'Tous les membres ont valablement répondu.')).toBe(true);
    expect(text.text).not.toContain('Exclus, ');
  });

  test('a member whose lines came late in part is counted for the others', () => {
    const partial = changed(({ members: [first, ...others] }) => ({
      members: [{ ...first!, lateLines: 1 }, ...others],
    }));
    expect(says(flatText(consolidatedNeedsText, partial), 'Comptés pour leurs seules lignes valables')).toBe(
      true,
    );
  });

  test('it has no gap, even with the least', () => {
    expect(flatText(consolidatedNeedsText, LEAST).gaps).toEqual([]);
    expect(consolidatedNeedsText.subjects(sampleVersion())).toEqual([]);
  });
});

test('both are drawn, and read back', async () => {
  if (!requireTool('pdftotext')) return;
  const folder = mkdtempSync(join(tmpdir(), 'halle-needs-'));
  try {
    for (const [text, subject, words] of [
      [censusSheetText, keyOf('Louverné'), 'Aucun besoin dans ce lot'],
      [consolidatedNeedsText, '', 'Exclus, sans réponse'],
    ] as const) {
      const template = new Templates(null).get(text.template);
      const { bytes } = await renderText(template, text.model(FULL, subject), 'pdf', 'final');
      const path = join(folder, 'file.pdf');
      writeFileSync(path, bytes);
      const read = execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' }).replace(
        /[\s\u00a0\u202f]+/g,
        ' ',
      );
      expect(read).toContain(words);
      expect(read).not.toContain('PROJET');
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
