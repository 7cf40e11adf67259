import type { LotFamily } from '../lots/lots.rules.js';

/** An account of M57 that a purchase family usually goes to. */
export interface NatureSuggestion {
  readonly nature: string;
  readonly label: string;
  /** Beginnings of words, folded, one of which names the family. */
  readonly words: readonly string[];
}

/**
 * Usual accounts of the M57 nomenclature by purchase family, the narrower first. Unverified: no official text was read
 * again; they only fill a field that people may change, and the comptable public decides.
 */
export const NATURE_SUGGESTIONS: readonly NatureSuggestion[] = [
  { nature: '60622', label: 'Carburants', words: ['carburant', 'gazole', 'essence', 'gnr', 'adblue'] },
  { nature: '60621', label: 'Combustibles', words: ['combustible', 'fioul', 'granule', 'pellet', 'propane'] },
  { nature: '60612', label: 'Énergie - Électricité', words: ['electricite', 'energie', 'gaz naturel'] },
  {
    nature: '60623',
    label: 'Alimentation',
    words: ['aliment', 'denree', 'restauration', 'repas', 'boisson'],
  },
  {
    nature: '60633',
    label: 'Fournitures de voirie',
    words: ['voirie', 'sel', 'deneigement', 'viabilite', 'enrobe', 'granulat', 'signalisation', 'marquage'],
  },
  {
    nature: '60631',
    label: 'Fournitures d’entretien',
    words: ['entretien', 'hygiene', 'nettoyant', 'detergent'],
  },
  {
    nature: '60636',
    label: 'Habillement et vêtements de travail',
    words: ['vetement', 'habillement', 'epi', 'protection individuelle', 'chaussure'],
  },
  {
    nature: '6064',
    label: 'Fournitures administratives',
    words: ['papier', 'bureau', 'enveloppe', 'papeterie', 'administrati'],
  },
  { nature: '6067', label: 'Fournitures scolaires', words: ['scolaire', 'pedagogi'] },
  { nature: '6065', label: 'Livres, disques, cassettes', words: ['livre', 'mediatheque', 'bibliotheque'] },
  {
    nature: '60632',
    label: 'Fournitures de petit équipement',
    words: ['outillage', 'quincaillerie', 'petit equipement', 'petit materiel', 'pneu', 'peinture'],
  },
  {
    nature: '60628',
    label: 'Autres fournitures non stockées',
    words: ['plant', 'vegeta', 'espaces verts', 'horticol', 'semence', 'paillage', 'fleuri'],
  },
  { nature: '6156', label: 'Maintenance', words: ['maintenance', 'verification'] },
  { nature: '6262', label: 'Frais de télécommunications', words: ['telecommunication', 'telephonie'] },
  { nature: '6161', label: 'Multirisques', words: ['assurance'] },
  { nature: '6283', label: 'Frais de nettoyage des locaux', words: ['nettoyage'] },
];

/** Where nothing in the name of a family tells more. */
const BY_LOT_FAMILY: Readonly<Record<LotFamily, string | null>> = {
  fournitures: '60628',
  services: '611',
  travaux: null,
};

const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ');

/**
 * The account to propose for an item.
 *
 * @param purchaseFamily as people name it: « sel de déneigement »; null when it is not told
 * @returns null where none can be proposed: works are maintenance (615…) or investment (2…), which nobody can guess
 */
export function suggestNature(purchaseFamily: string | null, lotFamily: LotFamily): string | null {
  if (purchaseFamily === null || purchaseFamily.trim() === '' || lotFamily === 'travaux') return null;
  const text = ` ${folded(purchaseFamily)}`;
  const found = NATURE_SUGGESTIONS.find(({ words }) => words.some((word) => text.includes(` ${word}`)));
  return found?.nature ?? BY_LOT_FAMILY[lotFamily];
}

/** Class 2 accounts are investment: each member pays its own, or loses its FCTVA. */
export const isInvestment = (nature: string): boolean => nature.startsWith('2');
