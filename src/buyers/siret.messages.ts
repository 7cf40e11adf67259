import type { SiretFault } from './siret.rules.js';

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
