import type { Refusal } from './refusal.js';

/** What is refused about the files of the counted needs. */
export const NEEDS_EXPORT_REFUSALS = {
  NEEDS_EXPORT_NOT_MADE: {
    status: 409,
    title: 'Fichier pas encore prêt',
    detail: () =>
      'Ce fichier des besoins est en préparation. Le télécharger quand son état sera «\u00a0prêt\u00a0».',
  },
  NEEDS_EXPORT_FAILED: {
    status: 409,
    title: 'Fichier non produit',
    detail: (reason: string) => `Ce fichier des besoins n’a pas pu être produit\u00a0: ${reason}`,
  },
} as const satisfies Record<string, Refusal>;
