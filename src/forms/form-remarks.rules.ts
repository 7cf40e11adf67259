import type { FormJudgement, KnownLine } from './form.rules.js';

const NAMED = 10;

const lineCount = (count: number, one: string, several: string): string =>
  `${count}\u00a0${count > 1 ? several : one}`;

/** « et 3 autres »: a few of them by name. */
function named(codes: readonly string[]): string {
  const rest = codes.length - NAMED;
  return rest > 0
    ? `${codes.slice(0, NAMED).join(', ')} et ${lineCount(rest, 'autre', 'autres')}`
    : codes.join(', ');
}

/** What to say of a file as a whole, beside its lines: French sentences. */
export function formRemarks(
  { changes, rejected, absent, taken }: FormJudgement,
  about: { readonly stale: boolean; readonly locked: boolean; readonly lines: readonly KnownLine[] },
): string[] {
  const remarks: string[] = [];
  if (about.locked)
    remarks.push(
      'L’échéance est passée\u00a0: ce fichier ne pourra être appliqué que dans une déclaration rectifiée, ouverte avec sa raison.',
    );
  if (about.stale)
    remarks.push(
      staleSentence(
        rejected.map(({ code }) => code),
        absent,
        about.lines,
      ),
    );
  else if (absent.length > 0)
    remarks.push(
      `${lineCount(absent.length, 'article n’est pas', 'articles ne sont pas')} dans ce fichier\u00a0: ce qui en est dit ne change pas (${named(absent.map(({ code }) => code))}).`,
    );
  const emptied = changes.filter(({ before, after }) => before.estimate !== null && after.estimate === null);
  if (emptied.length > 0)
    remarks.push(
      `${lineCount(emptied.length, 'quantité est effacée', 'quantités sont effacées')}\u00a0: rien n’est plus dit de ${named(emptied.map(({ code }) => code))}. Pour dire qu’il n’y a pas de besoin, écrire 0.`,
    );
  const formulas = changes.filter(({ formula }) => formula);
  if (formulas.length > 0)
    remarks.push(
      `${lineCount(formulas.length, 'quantité vient d’une formule', 'quantités viennent de formules')}\u00a0: c’est son dernier résultat qui est lu (${named(formulas.map(({ code }) => code))}).`,
    );
  if (taken.size === 0 && rejected.length === 0) remarks.push('Ce fichier ne dit rien d’aucun article.');
  return remarks;
}

function staleSentence(
  unknown: readonly string[],
  absent: readonly KnownLine[],
  lines: readonly KnownLine[],
): string {
  const known = new Set(lines.map(({ code }) => code));
  const gone = unknown.filter((code) => code !== '' && !known.has(code));
  return [
    'Le bordereau, ou la liste des lots rejoints, a changé depuis que ce fichier a été fait\u00a0: les lignes sont reconnues à leur code.',
    ...(gone.length > 0 ? [`N’y sont plus\u00a0: ${named(gone)}.`] : []),
    ...(absent.length > 0
      ? [`Nouveaux, absents du fichier\u00a0: ${named(absent.map(({ code }) => code))}.`]
      : []),
  ].join(' ');
}
