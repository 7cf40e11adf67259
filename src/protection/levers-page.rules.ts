import { frenchDate } from '../calendar/plain-date.js';
import type { FigureRule, FigureUnit } from '../law/figure.js';
import { type FigureCode, FIGURES } from '../law/figures.js';
import { frenchCount, frenchEuros, frenchRate } from '../money/french.js';
import type { Field, Lever } from './lever.rules.js';
import { LEVERS } from './levers.rules.js';

const NATURES: Readonly<Record<Lever['nature'], readonly [title: string, introduction: string]>> = {
  lever: [
    'Mesures que l’on choisit',
    'Un lot qui porte la mention « Mesures d’accès des TPE-PME » a au moins une de ces mesures.',
  ],
  duty: [
    'Obligations qui valent pour tous les lots',
    'Personne ne les choisit : Halle les contrôle sur chaque lot, mention ou non.',
  ],
  note: ['À savoir', 'Rien à faire lot par lot.'],
};

const NEEDS: Readonly<Record<Field['needed'], string>> = {
  choosing: 'obligatoire pour choisir la mesure',
  publishing: 'obligatoire pour publier',
  never: 'facultatif',
};

const KINDS: Readonly<Record<Field['kind'], string>> = {
  text: 'texte',
  date: 'date',
  amount: 'montant',
  percent: 'taux',
  count: 'nombre',
  choice: 'choix',
  list: 'liste',
};

/** `docs/levers.md`, from the catalogue: what is written there is what the program does. */
export function leversPage(): string {
  const sections = (['lever', 'duty', 'note'] as const).map((nature) => {
    const [title, introduction] = NATURES[nature];
    const levers = LEVERS.filter((lever) => lever.nature === nature);
    return `## ${title}\n\n${introduction}\n\n${levers.map(leverText).join('\n\n')}`;
  });
  return spaced(`# Mesures d’accès des TPE-PME

Cette page est faite à partir du catalogue \`src/protection/levers.rules.ts\` ; un essai vérifie qu’elle lui est égale.
\`npm run levers\` la refait. Elle se lit à voix haute.

Préférer une entreprise parce qu’elle est d’ici est interdit : ni critère, ni point, ni marge de prix, ni adresse
imposée (Conseil d’État, 29 juillet 1994, n° 131562). Ce qui est permis, c’est d’acheter de façon qu’une petite
entreprise puisse répondre. Un lot le signale par la mention « Mesures d’accès des TPE-PME » : elle oblige à choisir au
moins une mesure de cette page et à écrire pourquoi. La justification est ouverte à qui lit le dossier ; elle ne nomme
ni entreprise ni lieu. La mention n’écarte personne, ne note aucune offre et ne change aucune pièce : seules les mesures
agissent.

Les chiffres sont ceux du jour du lancement de la consultation. Ceux que nous n’avons pas pu lire dans un texte officiel
sont marqués « à vérifier ».

${sections.join('\n\n')}
`);
}

function leverText(lever: Lever): string {
  const lines = [
    `### ${lever.label}`,
    lever.plain,
    `- Fondement : ${lever.articles.join(', ')}.\n- Quand : ${lever.when}\n- Halle : ${lever.watches}${figuresText(lever)}${fieldsText(lever)}${unverifiedText(lever)}`,
  ];
  return lines.join('\n\n');
}

const fieldsText = ({ fields }: Lever): string =>
  fields.length === 0
    ? ''
    : `\n- À écrire :\n${fields
        .map(({ label, help, kind, needed, choices }) => {
          const values = choices ? ` Valeurs : ${choices.join(', ')}.` : '';
          return `  - ${label} (${KINDS[kind]}, ${NEEDS[needed]}) : ${help}${values}`;
        })
        .join('\n')}`;

const figuresText = ({ rules }: Lever): string => {
  const figures = rules.filter((code) => FIGURES[code].unit !== 'duty');
  return figures.length === 0
    ? ''
    : `\n- Chiffres :\n${figures.map((code) => `  - ${figureText(code)}`).join('\n')}`;
};

function figureText(code: FigureCode): string {
  const { label, unit, article, verified, values }: FigureRule = FIGURES[code];
  const told = values.map(([from, to, value]) => {
    const until = to === null ? '' : ` jusqu’à la veille du ${frenchDate(to)}`;
    return `${figureWords(unit, value)}${from === null ? until : ` depuis le ${frenchDate(from)}${until}`}`;
  });
  return `${label} : ${told.join(', ')} (${article}${verified ? '' : ' ; à vérifier'})`;
}

/** « 60 000 € HT », « 20 % », « 4 ans ». */
export function figureWords(unit: FigureUnit, value: bigint): string {
  switch (unit) {
    case 'euros':
      return `${frenchEuros(value).replace(',00', '')} HT`;
    case 'percent':
      return frenchRate(value);
    case 'years':
      return `${frenchCount(value)} ans`;
    case 'months':
      return `${frenchCount(value)} mois`;
    case 'days':
      return `${frenchCount(value)} jours`;
    case 'inhabitants':
      return `${frenchCount(value)} habitants`;
    case 'duty':
      return 'en vigueur';
  }
}

/** The page is read in a terminal and in a browser: ordinary spaces, as the other pages have. */
const spaced = (text: string): string => text.replace(/[\u00a0\u202f]/gu, ' ');

const unverifiedText = (lever: Lever): string => {
  const dated = lever.rules.filter((code) => !(FIGURES[code] as FigureRule).verified);
  const all = [
    ...lever.unverified,
    ...dated
      .filter((code) => FIGURES[code].unit !== 'duty' && lever.unverified.length === 0)
      .map((code) => `${FIGURES[code].label}.`),
  ];
  return all.length === 0 ? '' : `\n- À vérifier :\n${all.map((one) => `  - ${one}`).join('\n')}`;
};
