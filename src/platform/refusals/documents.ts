import type { Refusal } from './refusal.js';

/** What is refused about the documents of a consultation. */
export const DOCUMENT_REFUSALS = {
  DOCUMENT_HAS_GAPS: {
    status: 409,
    title: 'Document à compléter',
    detail: (title: string, count: number, gaps: string) =>
      `«\u00a0${title}\u00a0» ne peut pas être définitif\u00a0: ${count}\u00a0${count > 1 ? 'passages restent' : 'passage reste'} à compléter. Compléter les données ou le modèle, puis le redemander. ${gaps}.`,
  },
} as const satisfies Record<string, Refusal>;
