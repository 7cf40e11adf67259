/** What a refusal is, in one line that can be read aloud: HTTP status, short title, full sentence. */
interface Refusal {
  readonly status: number;
  readonly title: string;
  detail(...words: never[]): string;
}

/**
 * Every refusal of the product, by its stable code: one table for the statuses, one catalogue for the French sentences.
 * A code that is missing here does not compile where it is thrown.
 */
export const REFUSALS = {
  NOT_FOUND: {
    status: 404,
    title: 'Introuvable',
    detail: () => 'Il n’y a rien à cette adresse, ou rien que vous puissiez voir.',
  },
  FORBIDDEN: {
    status: 403,
    title: 'Action non permise',
    detail: () =>
      'Votre rôle ne permet pas cette action. Demandez-la à une personne habilitée, ou faites compléter vos rôles.',
  },
  UNAUTHENTICATED: {
    status: 401,
    title: 'Identification nécessaire',
    detail: () => 'Ouvrez une session, ou joignez un jeton valide (Authorization: Bearer …).',
  },
} as const satisfies Record<string, Refusal>;

export type RefusalCode = keyof typeof REFUSALS;
