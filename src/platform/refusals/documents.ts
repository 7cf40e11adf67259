import type { Refusal } from './refusal.js';

/** What is refused about the documents of a consultation. */
export const DOCUMENT_REFUSALS = {
  DOCUMENT_HAS_GAPS: {
    status: 409,
    title: 'Document à compléter',
    detail: (title: string, count: number, gaps: string) =>
      `«\u00a0${title}\u00a0» ne peut pas être définitif\u00a0: ${count}\u00a0${count > 1 ? 'passages restent' : 'passage reste'} à compléter. Compléter les données ou le modèle, puis le redemander. ${gaps}.`,
  },
  DOCUMENTS_HAVE_GAPS: {
    status: 409,
    title: 'Documents à compléter',
    detail: (count: number) =>
      `Une version définitive n’a rien à compléter\u00a0: ${count > 1 ? `il reste ${count}\u00a0passages` : 'il reste un passage'}. Les compléter (mentions des documents, conditions, modèles), ou demander un projet.`,
  },
  DOCUMENTS_NONE: {
    status: 409,
    title: 'Aucun document',
    detail: (part: string) =>
      `Il n’y a rien à produire pour «\u00a0${part}\u00a0»\u00a0: cette consultation n’a pas ce qu’il y faut. Choisir un autre ensemble, ou compléter la consultation.`,
  },
  DOCUMENT_NOT_MADE: {
    status: 409,
    title: 'Document pas encore prêt',
    detail: () => 'Ce document est en préparation\u00a0: relire son état, puis le télécharger.',
  },
  DOCUMENT_FAILED: {
    status: 409,
    title: 'Document en échec',
    detail: (reason: string) => `${reason} Relancer sa production une fois la cause corrigée.`,
  },
  PARTICULARS_UNSOUND: {
    status: 422,
    title: 'Mentions à corriger',
    detail: (count: number) =>
      `${count > 1 ? `${count}\u00a0mentions sont` : 'Une mention est'} à corriger\u00a0; rien n’a été enregistré.`,
  },
} as const satisfies Record<string, Refusal>;
