import type { Recorder } from '../../support/recorder.js';
import type { Purchase } from './consultation.js';
import type { Stage } from './stage.js';

/** What the value asks for, and the choice without which nothing is published. */
export async function chooseProcedure({ officer }: Stage, http: Recorder, { id }: Purchase): Promise<void> {
  http.chapter(
    'Le choix de la procédure',
    'Ce que la valeur estimée demande ; qui, avec la limite des offres, se choisit avant de publier.',
  );
  const path = `/consultations/${id}/procedure`;
  interface Reading {
    readonly estimatedValue: { readonly net: string; readonly complete: boolean };
    readonly procedure: { readonly required: string; readonly followed: string };
    readonly checks: { readonly rule: string; readonly verdict: string; readonly sentence: string }[];
  }
  const told = ({ estimatedValue: { net, complete }, procedure, checks }: Reading) => ({
    estimatedValue: { net, complete },
    procedure: { required: procedure.required, followed: procedure.followed },
    bloque: checks
      .filter(({ verdict }) => verdict === 'block')
      .map(({ rule, sentence }) => `${rule} : ${sentence}`),
  });
  const before = await http.excerpt<Reading>(told, () =>
    http.get('La valeur, la procédure qu’elle demande, et ce qui manque', path, 200, officer),
  );
  expect(before.procedure.required).toBe('formal');
  expect(told(before).bloque.map((text) => text.split(' ')[0])).toEqual(['PROCEDURE', 'OFFERS_LIMIT']);
  await http.send(
    'Choisir l’appel d’offres ouvert, et fixer la limite des offres',
    'PUT',
    `/consultations/${id}/procedure-choice`,
    200,
    officer,
    { procedure: 'open', offersLimit: '2027-12-15T12:00', letters: 'electronic' },
  );
  const after = await http.excerpt<Reading>(told, () => http.get('Plus rien n’y bloque', path, 200, officer));
  expect(told(after).bloque).toEqual([]);
}
