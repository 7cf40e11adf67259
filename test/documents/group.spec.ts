import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agreementAmendmentText } from '../../src/documents/agreement-amendment.document.js';
import { agreementText } from '../../src/documents/agreement.document.js';
import type { PurchaseGroup } from '../../src/documents/purchase.js';
import { kindsOfText } from '../../src/documents/template-document.js';
import { Templates } from '../../src/platform/markdown/templates.js';
import { flatText, says } from '../support/document-text.js';
import { groupVersion, purchaseVersion, withoutCoordinatorNeed } from '../support/purchase-version.js';
import { sampleVersion } from '../support/sample-dossier.js';
import { zipParts } from '../support/spreadsheet.js';
import { requireTool } from '../support/tools.js';

const FULL = purchaseVersion();
const LEAST = purchaseVersion({ full: false });
const OLD = sampleVersion();

describe('agreement: what law.md §1.2 and §6 ask of a convention constitutive', () => {
  const full = flatText(agreementText, FULL);
  const least = flatText(agreementText, LEAST);

  test.each([
    ['parties, by SIRET', 'Ahuillé | 215 300 013 00012 | M. Exemple, maire | 2026-05-005 | 19 mai 2026 |'],
    [
      'representative of the coordinator',
      'représenté par Mme Exemple, présidente, en vertu de l’acte suivant : délibération n° 2026-12',
    ],
    ['object', 'Objet du groupement : Achats exemples.'],
    ['families', 'Famille d’achats : Famille exemple.'],
    ['permanent (G12)', 'Le groupement est permanent.'],
    ['a form per consultation', 'par un bulletin d’adhésion propre à cette consultation'],
    ['duration', 'Elle est conclue jusqu’au 1er juin 2030.'],
    ['coordinator', 'Laval Agglomération est désigné coordonnateur.'],
    [
      'missions, and to whom (L2113-7)',
      'Exécution | bons de commande, réception, pénalités, modifications | CA Exemple',
    ],
    [
      'solidarity: only joint operations (G3)',
      'solidairement responsables des seules opérations menées conjointement en leur nom',
    ],
    [
      'solidarity: the operations',
      '– leur exécution : commandes, réception, pénalités, modifications, par CA Exemple ;',
    ],
    ['needs: duty to declare (§9)', '1. déclarer ses besoins, sincères et complets'],
    ['needs: silence is no zero (§9)', 'L’absence de réponse n’est pas un besoin nul'],
    ['joining, by resolution (G6)', 'la délégation donnée au maire par l’article L2122-22'],
    ['joining late (G7)', 'ses besoins n’ayant pas été définis avant son lancement (article L2111-1'],
    ['list told to candidates (G8)', 'arrêtée à la publication, le 12 janvier 2027'],
    [
      'withdrawal, and its costs (G9)',
      'Le membre qui se retire reste tenu de sa part des frais déjà engagés à cette date',
    ],
    ['general interest (G10)', 'pour un motif d’intérêt général énoncé par une délibération motivée'],
    ['committee of the group (L1414-3 I)', 'instituée, en application du I de l’article L1414-3'],
    ['committee: who chairs', 'Elle est présidée par le représentant du coordonnateur.'],
    ['committee: quorum', 'plus de la moitié des membres à voix délibérative'],
    ['casting vote', 'en cas de partage, la voix du président est prépondérante'],
    ['who sits without a vote (III)', 'avec voix consultative'],
    ['payment for others', 'Paiement pour le compte des membres. CA Exemple vérifie et paie'],
    ['investment is paid by each (L1615-2)', 'Une dépense d’investissement est payée par le membre'],
    [
      'orders only by named buyers (R2162-6)',
      'Seuls les membres désignés dans les documents de la consultation',
    ],
    ['financial clause: key', 'multipliée par la population municipale du membre'],
    ['financial clause: worked example', '### Exemple chiffré : Avis de publicité BOAMP et JOUE'],
    ['non-exclusivity', '## Article 10 – Autonomie et non-exclusivité'],
    ['confidentiality', 'ne divulguent pas les informations'],
    ['avenant', 'La convention est modifiée par avenant, approuvé et signé dans les mêmes formes'],
    ['litigation', 'Tribunal administratif de Nantes, 6 allée de l’Île-Gloriette'],
    ['archiving', 'Le coordonnateur archive les pièces de la procédure'],
    ['annexes', '## Annexe 1 – Membres par lot'],
    ['avenants taken into account', 'Texte mis à jour, tenant compte de : Avenant n° 1 du 15 avril 2026.'],
  ])('with all that may be said: %s', (_, sentence) => {
    expect(says(full, sentence)).toBe(true);
  });

  test.each([
    ['one-off (G12)', 'Le groupement est ponctuel'],
    ['one consultation', 'Le groupement est constitué pour cette seule consultation.'],
    [
      'the coordinator’s committee (L1414-3 II)',
      'est celle du coordonnateur, en application du II de l’article L1414-3',
    ],
    ['no casting vote', 'la voix du président n’étant pas prépondérante'],
    [
      'what is not entrusted',
      'Signature | engagement envers le titulaire, transmission au contrôle de légalité | chaque membre, pour lui-même',
    ],
    [
      'each alone for the rest',
      '– de ses commandes, de leur réception, des pénalités et des modifications ;',
    ],
    ['each pays', 'Paiement par chaque membre.'],
    ['each signs', 'Chaque membre signe les marchés et accords-cadres des lots qu’il a rejoints'],
  ])('with the least: %s', (_, sentence) => {
    expect([says(least, sentence), says(full, sentence)]).toEqual([true, false]);
  });

  test('solidarity follows the missions: nothing alone that is entrusted, nothing joint that is not', () => {
    const solidarity = ({ text }: { text: string }) =>
      text.slice(text.indexOf('## Article 12'), text.indexOf('## Article 13'));
    expect(solidarity(least)).toContain('– la passation des marchés et accords-cadres, par CA Exemple ;');
    expect(solidarity(full)).not.toContain('seul responsable');
    expect(solidarity(least)).not.toContain('– leur signature');
  });

  test('a mission that several hold asks who does what', () => {
    const { gaps, text } = flatText(
      agreementText,
      groupVersion({ missions: [{ mission: 'execution', holders: ['Laval', 'Changé'] }] }),
    );
    expect(gaps).toContain(
      'partage entre Laval et Changé de la mission d’exécution, lot par lot ou acte par acte',
    );
    expect(text).toContain('Laval et Changé émettent les bons de commande');
    expect(text).not.toContain('Au titre de la passation');
  });

  test('L5211-4-4 is cited for an EPCI without any need only', () => {
    expect(full.text).not.toContain('L5211-4-4');
    expect(flatText(agreementText, withoutCoordinatorNeed(FULL)).text).toContain(
      'à titre gratuit (article L5211-4-4',
    );
    expect(flatText(agreementText, withoutCoordinatorNeed(LEAST)).text).not.toContain('L5211-4-4');
  });

  test('what is left to write', () => {
    expect(full.gaps).toEqual([
      'Délibération, ligne « Laval Agglomération »',
      'du, ligne « Laval Agglomération »',
      'date d’émission des titres, imputation, règle si le coût réel dépasse l’estimation',
      'montant par commande et par an, ou « néant »',
    ]);
    expect(least.gaps).toContain('nom et qualité du représentant du coordonnateur');
    expect(least.gaps).toContain('tribunal administratif compétent, et son adresse');
    expect(least.gaps).toContain('Représentant, ligne « Ahuillé »');
  });

  test('an older dossier, without a purchase, still gives it', () => {
    const { text } = flatText(agreementText, OLD);
    expect(text).toContain(
      'Notification | envoi du marché signé au titulaire, avis d’attribution | Laval Agglomération',
    );
    expect(text).toContain(
      'Exécution | bons de commande, réception, pénalités, modifications | chaque membre, pour lui-même',
    );
    expect(text).not.toContain('prépondérante');
  });
});

describe('agreement-amendment: an avenant (law.md §1.2, §6)', () => {
  const VERSIONS: PurchaseGroup['agreements'] = [
    {
      ...{ number: 1, label: 'Convention constitutive', summary: '', adoptedOn: '2026-04-15' },
      signedBy: [
        { name: 'Ahuillé', on: '2026-05-02' },
        { name: 'Laval', on: '2026-05-04' },
      ],
    },
    {
      ...{
        number: 2,
        label: 'Avenant n° 1',
        summary: 'Changé rejoint le groupement.',
        adoptedOn: '2026-09-15',
      },
      signedBy: [
        { name: 'Laval', on: '2026-09-20' },
        { name: 'Changé', on: '2026-09-21' },
      ],
    },
    { number: 3, label: 'Avenant n° 2', summary: '', adoptedOn: '2026-10-01', signedBy: [] },
  ];
  const dossier = groupVersion({ agreements: VERSIONS });
  const first = flatText(agreementAmendmentText, dossier, { subject: '2' });
  const last = flatText(agreementAmendmentText, dossier, { subject: '3' });

  test('one for each avenant, none for the agreement itself', () => {
    expect(agreementAmendmentText.subjects(dossier)).toEqual(['2', '3']);
    expect(agreementAmendmentText.subjects(LEAST)).toEqual([]);
    expect(agreementAmendmentText.subjects(OLD)).toEqual([]);
    expect(agreementAmendmentText.files.pdf!.name('2')).toBe('avenants/avenant-1.pdf');
  });

  test.each([
    [
      'parties',
      'Laval Agglomération (SIRET 200 083 392 00015), coordonnateur, est représenté par Mme Exemple',
    ],
    ['what it amends', 'dans sa rédaction issue de : Convention constitutive du 15 avril 2026'],
    ['object', 'Changé rejoint le groupement.'],
    ['comparison: labels', 'Version | Convention constitutive | Avenant n° 1'],
    ['comparison: dates', 'Adoptée le | 15 avril 2026 | 15 septembre 2026'],
    ['comparison: summaries', 'Objet | constitution du groupement | Changé rejoint le groupement.'],
    ['comparison: how many signed', 'Signatures | 2 | 2'],
    [
      'comparison: who signed',
      'Signataires | Ahuillé (2 mai 2026) et Laval (4 mai 2026) | Laval (20 septembre 2026) et Changé (21 septembre 2026)',
    ],
    ['who is left to sign', 'n’ont pas encore signé l’avenant : Ahuillé.'],
    ['who is new', 'Signent l’avenant sans avoir signé la version précédente : Changé.'],
    ['the rest is unchanged', 'Toutes les autres stipulations de la convention constitutive'],
    ['solidarity is unchanged (L2113-7)', 'ni l’étendue de la solidarité qui en découle (article L2113-7'],
    ['effect', 'L’avenant prend effet à la date de sa signature par le dernier des membres'],
    [
      'no effect on what is launched (G7)',
      'ne bénéficie pas des marchés et accords-cadres des consultations déjà lancées',
    ],
    ['signed already', 'Changé | Signé le 21 septembre 2026'],
    ['place to sign', 'Ahuillé | Nom et qualité : | Le'],
  ])('says %s', (_, sentence) => {
    expect(says(first, sentence)).toBe(true);
  });

  test('the last one annexes the agreement of the dossier, an earlier one its own text', () => {
    expect(says(last, 'ceux de la convention mise à jour, annexée au présent avenant')).toBe(true);
    expect(says(first, 'ceux du texte annexé à cet avenant lors de son adoption')).toBe(true);
  });

  test('what is left to write', () => {
    expect(first.gaps).toEqual([]);
    expect(last.gaps).toEqual([
      'objet de l’avenant, et articles modifiés',
      'objet de l’avenant, et articles modifiés',
    ]);
  });
});

describe('the files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'halle-group-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const [pdf, docx] = kindsOfText(new Templates(null), agreementAmendmentText);

  test('a PDF that is read back, and its twin to edit', async () => {
    expect([pdf!.kind, pdf!.part, docx!.kind, docx!.part]).toEqual([
      ...['agreement-amendment', 'group', 'agreement-amendment-docx', 'editable'],
    ]);
    const model = pdf!.model(FULL, '2');
    const parts = zipParts(await docx!.render(model));
    expect(parts.get('word/document.xml')).toContain('Ce qui change');
    if (!requireTool('pdftotext')) return;
    const path = join(folder, 'avenant.pdf');
    writeFileSync(path, await pdf!.render(model));
    const text = execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ');
    expect(text).toContain('Avenant n° 1 à la convention constitutive du groupement de commandes');
    expect(text).toContain('PROJET');
    for (const word of ['undefined', '[object', '{{', '{%']) expect(text).not.toContain(word);
    expect(text).not.toMatch(/\bnull\b/);
  });
});
