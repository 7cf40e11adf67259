import type { RejectedRow } from './form.rules.js';

/** What is wrong with a line of a file of several members, once its member and item were looked for. */
export type StagedProblem =
  | 'buyerUnknown'
  | 'buyerAmbiguous'
  | 'itemUnknown'
  | 'lotNotJoined'
  | 'givenTwice'
  | 'estimateMissing'
  | 'quantityMissing'
  | 'minimumAboveEstimate'
  | 'estimateAboveMaximum';

type Words = (row: {
  readonly buyer: string;
  readonly lot: number | null;
}) => readonly [problem: string, correction: string];

const WORDS: Readonly<Record<StagedProblem, Words>> = {
  buyerUnknown: ({ buyer }) => [
    `${buyer} n’est d’aucun membre qui a rejoint un lot de cette consultation`,
    'corriger le SIRET ou le code INSEE, ou enregistrer d’abord le bulletin d’adhésion',
  ],
  buyerAmbiguous: ({ buyer }) => [
    `plusieurs membres ont le code INSEE ${buyer}`,
    'écrire le SIRET de l’acheteur dans la colonne siret',
  ],
  itemUnknown: () => [
    'cet article n’est pas au bordereau de la consultation',
    'corriger le code, ou retirer la ligne',
  ],
  lotNotJoined: ({ lot }) => [
    `l’article est du lot\u00a0${lot ?? ''}, que cet acheteur n’a pas rejoint`,
    'retirer la ligne, ou enregistrer d’abord son bulletin d’adhésion',
  ],
  givenTwice: () => [
    'cet article est donné plusieurs fois pour cet acheteur, avec des quantités différentes',
    'n’en garder qu’une ligne',
  ],
  estimateMissing: () => [
    'un minimum ou un maximum sans quantité estimée',
    'donner la quantité estimée, ou les effacer',
  ],
  quantityMissing: () => [
    'la quantité manque',
    'écrire la quantité (0 si rien n’a été acheté), ou retirer la ligne',
  ],
  minimumAboveEstimate: () => ['le minimum dépasse la quantité estimée', 'le baisser, ou l’effacer'],
  estimateAboveMaximum: () => [
    'la quantité estimée dépasse le maximum',
    'baisser la quantité, ou relever le maximum',
  ],
};

/** A line that is not taken, told to whoever sent the file. */
export function stagedRejection(row: {
  readonly line: number;
  readonly buyer: string;
  readonly code: string;
  readonly value: string;
  readonly problem: StagedProblem;
  readonly lot: number | null;
}): RejectedRow {
  const [problem, correction] = WORDS[row.problem](row);
  return { line: row.line, code: row.code, value: row.value.replace('.', ','), problem, correction };
}
