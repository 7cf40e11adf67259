import { frenchDate } from '../calendar/plain-date.js';
import { DATED_RULES, type DatedRule, type RuleCode, type RuleUnit } from '../law/dated-rules.js';
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
  const figures = rules.filter((code) => DATED_RULES[code].unit !== 'duty');
  return figures.length === 0
    ? ''
    : `\n- Chiffres :\n${figures.map((code) => `  - ${figureText(code)}`).join('\n')}`;
};

const WORDS: Readonly<Partial<Record<RuleCode, string>>> = {
  DISPENSE_SUPPLIES: 'dispense de publicité et de mise en concurrence, fournitures et services',
  DISPENSE_WORKS: 'dispense de publicité et de mise en concurrence, travaux',
  FORMAL_SUPPLIES: 'seuil européen, fournitures et services',
  FORMAL_WORKS: 'seuil européen, travaux',
  SMALL_LOT_SUPPLIES: 'petit lot, fournitures et services, moins de',
  SMALL_LOT_WORKS: 'petit lot, travaux, moins de',
  SMALL_LOTS_SHARE: 'part permise des petits lots',
  ADVANCE_FROM: 'avance obligatoire au-dessus de',
  ADVANCE_FROM_MONTHS: 'et d’une exécution de plus de',
  ADVANCE_LEAST: 'avance, taux minimal',
  ADVANCE_LEAST_SME_LARGE_BUYER: 'avance, taux minimal pour une PME et un grand acheteur',
  ADVANCE_MOST: 'avance, taux ordinaire le plus haut',
  LARGE_BUYER_SPENDING: 'grand acheteur : dépenses réelles de fonctionnement de plus de',
  RETENTION_MOST: 'retenue de garantie, taux le plus haut',
  RETENTION_MOST_SME_LARGE_BUYER: 'retenue de garantie, taux le plus haut pour une PME et un grand acheteur',
  RESERVED_SOCIAL_ECONOMY_YEARS: 'durée la plus longue, et délai avant une nouvelle attribution',
  RESERVED_STAFF_SHARE: 'part minimale des travailleurs concernés',
  SUSTAINABLE_FOOD_SHARE: 'produits durables ou de qualité',
  ORGANIC_FOOD_SHARE: 'produits biologiques',
  SUSTAINABLE_MEAT_FISH_SHARE: 'viandes et poissons durables ou de qualité',
  GLOBAL_CONTRACT_SME_SHARE: 'part minimale d’un marché global',
  INNOVATION_MOST: 'achat innovant, moins de',
  INNOVATION_LOT_SUPPLIES: 'achat innovant, lot de fournitures ou de services, moins de',
  INNOVATION_LOT_WORKS: 'achat innovant, lot de travaux, moins de',
  PAYMENT_DAYS: 'délai de paiement',
  LATE_PAYMENT_FEE: 'indemnité de retard',
  SPASER_PURCHASES: 'schéma obligatoire au-dessus de',
};

function figureText(code: RuleCode): string {
  const { unit, article, verified, values }: DatedRule = DATED_RULES[code];
  const told = values.map(([from, to, value]) => {
    const until = to === null ? '' : ` jusqu’à la veille du ${frenchDate(to)}`;
    return `${valueText(unit, value)}${from === null ? until : ` depuis le ${frenchDate(from)}${until}`}`;
  });
  return `${WORDS[code] ?? code} : ${told.join(', ')} (${article}${verified ? '' : ' ; à vérifier'})`;
}

function valueText(unit: RuleUnit, value: bigint): string {
  switch (unit) {
    case 'cents':
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
  const dated = lever.rules.filter((code) => !(DATED_RULES[code] as DatedRule).verified);
  const all = [
    ...lever.unverified,
    ...dated
      .filter((code) => DATED_RULES[code].unit !== 'duty' && lever.unverified.length === 0)
      .map((code) => `${WORDS[code] ?? code}.`),
  ];
  return all.length === 0 ? '' : `\n- À vérifier :\n${all.map((one) => `  - ${one}`).join('\n')}`;
};
