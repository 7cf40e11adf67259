import type { Refusal } from './refusal.js';

/** What is refused about the files in which members give their needs. */
export const FORM_REFUSALS = {
  FORM_REFUSED: {
    status: 422,
    title: 'Fichier refusé',
    detail: (count: number) =>
      `Rien n’a été enregistré\u00a0: ${count}\u00a0${count > 1 ? 'erreurs sont indiquées' : 'erreur est indiquée'} dans «\u00a0errors\u00a0», avec la ligne, la colonne, la valeur lue et ce qu’il faut écrire.`,
  },
  FORM_OF_ANOTHER: {
    status: 409,
    title: 'Fichier d’un autre',
    detail: (whose: string) =>
      `Ce fichier a été fait pour ${whose}\u00a0: rien n’en a été lu. Reprendre le fichier de cette déclaration.`,
  },
  FORM_CHECK_STALE: {
    status: 409,
    title: 'Fichier à vérifier de nouveau',
    detail: (sentence: string) => sentence,
  },
  FORM_CONFLICT: {
    status: 409,
    title: 'Déclarations modifiées entre-temps',
    detail: (names: string) =>
      `Des déclarations ont changé depuis la vérification du fichier\u00a0: ${names}. Rien n’a été écrasé, ni enregistré. Comparer les valeurs, puis vérifier le fichier de nouveau.`,
  },
  CONSOLIDATION_WITHOUT_REASON: {
    status: 422,
    title: 'Raison attendue',
    detail: () =>
      'Dire d’où viennent ces quantités avant de les transmettre au nom des membres\u00a0: chaque commune le lira.',
  },
} as const satisfies Record<string, Refusal>;
