import type { Lasting, PlanStep } from './plan-step.js';
import type { Council } from './sessions.js';

/** A length that the law gives, with its article: the caller reads it from the dated rules of `src/law`. */
export interface LawfulLength {
  readonly days: number;
  readonly article: string;
  readonly verified: boolean;
}

/** What the law asks of the procedure, and what this purchase goes through. Null: not asked. */
export interface ProcedureLengths {
  /** From the notice to the limit for offers, or for candidatures where there are two phases. Null: adapted procedure. */
  readonly notice: LawfulLength | null;
  /** From the invitation to the limit for offers, where candidates are chosen first. */
  readonly invitation: LawfulLength | null;
  /** Clear days between the convocation of the committee and its meeting, or the habit; null: no committee meets. */
  readonly convocation: LawfulLength | 'usage' | null;
  readonly standstill: LawfulLength | null;
  /** Whether the contract goes to the préfecture before it is notified. */
  readonly toPrefecture: boolean;
}

/**
 * What people usually take, in working days unless said: habits of buyers, no rule; each may be changed. Answers of
 * communes take six weeks because councils and small secretariats share the same few days of the month.
 */
export const USUAL_LENGTHS = {
  /** Calendar days left to the members to say what they need. */
  'needs-opened': 42,
  /** To check the needs, add them up and write the documents. */
  'needs-closed': 20,
  /** To have the minutes written and signed. */
  resolutions: 5,
  /** To have them received by the préfecture, posted, and so enforceable. */
  'resolutions-sent': 2,
  /** To collect every signature. */
  'agreement-signed': 10,
  'publication-check': 2,
  /** Calendar days left to bidders where the law gives no minimum. */
  'notice-sent': 22,
  /** To choose the candidates. */
  'candidatures-due': 10,
  'invitation-sent': 22,
  /** To open the bids. */
  'bids-due': 1,
  analysis: 15,
  /** Clear days between the convocation of the committee and its meeting: no text gives them any more. */
  'committee-called': 5,
  committee: 1,
  award: 1,
  /** To let those who are refused ask why, where the law gives no suspension. */
  'rejections-sent': 0,
  'contract-signed': 1,
  'contract-sent': 1,
  /** Calendar days left to the holder to get ready. */
  notification: 15,
} as const satisfies Readonly<Record<string, number>>;

export type UsualStep = keyof typeof USUAL_LENGTHS;

export interface GroupPlanOptions {
  readonly procedure: ProcedureLengths;
  /** The councils that have still to resolve; none: the step is one act. */
  readonly councils?: readonly Council[];
  /** Lengths that those who plan chose, instead of the usual ones, in the same unit. Those of the law stay. */
  readonly chosen?: Partial<Readonly<Record<UsualStep, number>>>;
  /** Working days kept in hand after a step. */
  readonly margins?: Readonly<Record<string, number>>;
}

type Unfinished = Pick<PlanStep, 'code' | 'label' | 'after'> & {
  readonly length:
    { readonly usual: UsualStep; readonly kind: 'working' | 'calendar' | 'clear' } | LegalLength | null;
};
interface LegalLength {
  readonly law: LawfulLength;
  readonly kind: Exclude<Lasting['kind'], 'months'>;
}

/**
 * The steps of a purchase by a group, from the census of needs to the start of the contract, for `planBackwards`. What
 * is done is then marked `begunOn` by the caller. Nothing here is a figure of law.
 */
export function groupSteps(options: GroupPlanOptions): readonly PlanStep[] {
  const { notice, invitation, convocation, standstill, toPrefecture } = options.procedure;
  const working = (usual: UsualStep): Unfinished['length'] => ({ usual, kind: 'working' });
  const calendar = (usual: UsualStep): Unfinished['length'] => ({ usual, kind: 'calendar' });
  const twoPhases = invitation !== null;
  const steps: readonly (Unfinished | false)[] = [
    step('needs-opened', 'Ouvrir le recensement des besoins', [], calendar('needs-opened')),
    step('needs-closed', 'Clore le recensement des besoins', ['needs-opened'], working('needs-closed')),
    step('resolutions', 'Faire délibérer les conseils', [], working('resolutions')),
    step(
      'resolutions-sent',
      'Transmettre les délibérations en préfecture',
      ['resolutions'],
      working('resolutions-sent'),
    ),
    step(
      'agreement-signed',
      'Mettre la convention à la signature',
      ['resolutions-sent'],
      working('agreement-signed'),
    ),
    step(
      'publication-check',
      'Faire le contrôle avant publication',
      ['needs-closed', 'agreement-signed'],
      working('publication-check'),
    ),
    step(
      'notice-sent',
      'Envoyer l’avis d’appel à la concurrence',
      ['publication-check'],
      notice ? { law: notice, kind: 'period' } : calendar('notice-sent'),
    ),
    twoPhases &&
      step('candidatures-due', 'Recevoir les candidatures', ['notice-sent'], working('candidatures-due')),
    twoPhases &&
      step('invitation-sent', 'Inviter les candidats retenus à remettre une offre', ['candidatures-due'], {
        law: invitation,
        kind: 'period',
      }),
    step(
      'bids-due',
      'Recevoir et ouvrir les offres',
      [twoPhases ? 'invitation-sent' : 'notice-sent'],
      working('bids-due'),
    ),
    step('analysis', 'Analyser les offres', ['bids-due'], working('analysis')),
    convocation !== null &&
      step(
        'committee-called',
        'Convoquer la commission d’appel d’offres',
        ['bids-due'],
        convocation === 'usage'
          ? { usual: 'committee-called', kind: 'clear' }
          : { law: convocation, kind: 'clear' },
      ),
    convocation !== null &&
      step(
        'committee',
        'Réunir la commission d’appel d’offres',
        ['analysis', 'committee-called'],
        working('committee'),
      ),
    step('award', 'Décider l’attribution', [convocation ? 'committee' : 'analysis'], working('award')),
    step(
      'rejections-sent',
      'Envoyer les lettres de rejet',
      ['award'],
      standstill ? { law: standstill, kind: 'suspension' } : working('rejections-sent'),
    ),
    step('contract-signed', 'Signer le marché', ['rejections-sent'], working('contract-signed')),
    toPrefecture &&
      step(
        'contract-sent',
        'Transmettre le marché en préfecture',
        ['contract-signed'],
        working('contract-sent'),
      ),
    step(
      'notification',
      'Notifier le marché',
      [toPrefecture ? 'contract-sent' : 'contract-signed'],
      calendar('notification'),
    ),
    step('start', 'Commencer le marché', ['notification'], null),
  ];
  return steps.filter((given) => given !== false).map((given) => finished(given, options));
}

const step = (
  code: string,
  label: string,
  after: readonly string[],
  length: Unfinished['length'],
): Unfinished => ({ code, label, after, length });

function finished({ code, label, after, length }: Unfinished, options: GroupPlanOptions): PlanStep {
  const margin = options.margins?.[code] ?? 0;
  const councils = code === 'resolutions' && options.councils ? { councils: options.councils } : {};
  const bare = { code, label, after, margin, ...councils };
  // The start of a contract may be a day off: 1 January most often.
  if (length === null)
    return { ...bare, acts: false, lasts: { kind: 'calendar', days: 0 }, basis: { kind: 'choice' } };
  if ('law' in length) {
    const { days, article, verified } = length.law;
    return {
      ...bare,
      acts: true,
      lasts: { kind: length.kind, days },
      basis: { kind: 'law', article, verified },
    };
  }
  const chosen = options.chosen?.[length.usual];
  const lasts = { kind: length.kind, days: chosen ?? USUAL_LENGTHS[length.usual] };
  return { ...bare, acts: true, lasts, basis: { kind: chosen === undefined ? 'usage' : 'choice' } };
}
