import type { SirenFault, SiretFault } from './siret.rules.js';

/** French words for a refused SIRET: the problem, then what to do. */
export const SIRET_FAULTS: Record<SiretFault, readonly [problem: string, correction: string]> = {
  not_14_digits: ['le SIRET doit avoir 14 chiffres', 'recopier les 14 chiffres du SIRET'],
  in_scientific_notation: [
    'le tableur a transformé le SIRET en nombre et en a perdu des chiffres',
    'mettre la colonne au format Texte, puis recopier les 14 chiffres',
  ],
  wrong_check_digit: [
    'la clé de contrôle du SIRET est fausse',
    'vérifier le SIRET : un chiffre est faux ou manque',
  ],
};

/** The same for a refused SIREN. */
export const SIREN_FAULTS: Record<SirenFault, readonly [problem: string, correction: string]> = {
  not_9_digits: ['le SIREN doit avoir 9 chiffres', 'recopier les 9 chiffres du SIREN'],
  wrong_siren_check_digit: [
    'la clé de contrôle du SIREN est fausse',
    'vérifier le SIREN : un chiffre est faux',
  ],
};
