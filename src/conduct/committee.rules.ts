import type { Check } from '../law/check.js';
import type { LawOn } from '../law/law-on.js';
import { type OrdinaryCommittee, ordinaryCommittee } from './ordinary-committee.rules.js';

/** The coordinator's committee (CGCT L1414-3 II), or one of the group's own (L1414-3 I). */
export const COMMITTEE_KINDS = ['coordinator', 'elected'] as const;
export type CommitteeKind = (typeof COMMITTEE_KINDS)[number];

/** A buyer as the rules on committees know it. */
export interface CommitteeBuyer {
  readonly buyerId: string;
  readonly name: string;
  /** Code of `buyer.kind`; an unknown one is treated as `other`. */
  readonly kind: string;
  /** Inhabitants by the latest census known, else that the agreement retains; null when nobody gave them. */
  readonly municipalPopulation: number | null;
  /** Inhabitants by the latest census known, that the CGCT counts; null when nobody gave them. */
  readonly totalPopulation: number | null;
}

export interface CommitteeFacts {
  readonly kind: CommitteeKind;
  /** Whether the rules of the committee give its president a casting vote. */
  readonly castingVote: boolean;
  readonly coordinator: CommitteeBuyer;
  /** The coordinator may be among them: it counts once. */
  readonly members: readonly CommitteeBuyer[];
  /** That of the day that counts. */
  readonly law: LawOn;
}

/** A voting seat of the group's own committee, or the whole of the coordinator's. */
export interface Seat {
  readonly buyerId: string;
  readonly name: string;
  readonly chairs: boolean;
  /** How many voting members sit for that buyer; null when it is not known. */
  readonly voting: number | null;
  readonly sentence: string;
}

export interface Committee {
  readonly kind: CommitteeKind;
  readonly castingVote: boolean;
  readonly seats: readonly Seat[];
  /** Voting members; null when it is not known. */
  readonly voting: number | null;
  /** Voting members that must be there at the first meeting; null when it is not known. */
  readonly quorum: number | null;
  readonly checks: readonly Check[];
}

/** Local authorities and local public bodies, as far as L1414-3 was read; what is in neither list is uncertain. */
const LOCAL = ['commune', 'epci', 'syndicat'];
const NOT_LOCAL = ['private'];

/** The committee that awards a group's contracts: who sits, how many must be there, and why. */
export function committeeOf(facts: CommitteeFacts): Committee {
  const { kind, castingVote, coordinator, law } = facts;
  const members = [coordinator, ...facts.members.filter(({ buyerId }) => buyerId !== coordinator.buyerId)];
  const seats =
    kind === 'coordinator'
      ? [coordinatorSeats(coordinator, law)]
      : members.map((member) => memberSeat(member, member === coordinator, law));
  const voting = seats.reduce<number | null>(
    (total, seat) => (total === null || seat.voting === null ? null : total + seat.voting),
    0,
  );
  const quorum = voting === null ? null : Math.floor(voting / 2) + 1;
  return {
    ...{ kind, castingVote, seats, voting, quorum },
    checks: [
      majorityCheck(kind, members),
      ...compositionChecks(kind, coordinator, law),
      quorumCheck(voting, quorum),
      castingVoteCheck(castingVote),
      {
        rule: 'COMMITTEE_SCOPE',
        article: 'CGCT L1414-2',
        verdict: 'ok',
        figures: {},
        sentence:
          'La commission attribue les marchés passés selon une procédure formalisée, à partir des seuils européens. ' +
          'En procédure adaptée, son avis est facultatif (non vérifié).',
      },
    ],
  };
}

const coordinatorSeats = (coordinator: CommitteeBuyer, law: LawOn): Seat => {
  const { voting, sentence } = ordinaryCommittee(coordinator, law);
  return { buyerId: coordinator.buyerId, name: coordinator.name, chairs: true, voting, sentence };
};

function memberSeat(member: CommitteeBuyer, chairs: boolean, law: LawOn): Seat {
  const { buyerId, name } = member;
  const own = ordinaryCommittee(member, law);
  return { buyerId, name, chairs, voting: 1, sentence: `${seatWords(name, own)}${chairs ? CHAIRS : '.'}` };
}

const CHAIRS = '\u00a0; il représente le coordonnateur, et préside.';

function seatWords(name: string, own: OrdinaryCommittee): string {
  switch (own.exists) {
    case 'yes':
      return `${name}\u00a0: un représentant élu parmi les membres à voix délibérative de sa commission d’appel d’offres (${own.members}${own.verified ? '' : ', à vérifier'})`;
    case 'no':
      return `${name}\u00a0: un représentant, désigné selon ses propres règles, car il n’a pas de commission d’appel d’offres`;
    case 'unknown':
      return `${name}\u00a0: un représentant, élu parmi les membres à voix délibérative de sa commission d’appel d’offres s’il en a une (à vérifier), sinon désigné selon ses propres règles`;
  }
}

function majorityCheck(kind: CommitteeKind, members: readonly CommitteeBuyer[]): Check {
  const local = members.filter((member) => LOCAL.includes(member.kind)).length;
  const excluded = members.filter((member) => NOT_LOCAL.includes(member.kind)).length;
  const uncertain = members.length - local - excluded;
  const figures = {
    membres: String(members.length),
    'collectivités et établissements publics locaux': String(local),
    'dont la qualité est à vérifier': String(uncertain),
    autres: String(excluded),
  };
  const check = (verdict: Check['verdict'], sentence: string): Check => ({
    ...{ rule: 'COMMITTEE_MAJORITY', article: 'CGCT L1414-3', verdict, figures, sentence },
  });
  const counted = `${local} sur ${members.length}`;
  if (local * 2 > members.length)
    return check(
      'ok',
      `Les collectivités et établissements publics locaux sont majoritaires (${counted})\u00a0: ` +
        (kind === 'elected'
          ? 'le groupement a sa propre commission d’appel d’offres (I).'
          : 'la convention désigne la commission du coordonnateur (II), au lieu d’une commission propre (I).'),
    );
  if ((local + uncertain) * 2 > members.length)
    return check(
      'warn',
      `La majorité de collectivités et d’établissements publics locaux n’est pas établie (${counted}, ${uncertain} à vérifier)\u00a0: ` +
        'vérifier la qualité de ces membres, ou retenir la commission du coordonnateur dans la convention.',
    );
  return check(
    'warn',
    `Les collectivités et établissements publics locaux ne sont pas majoritaires (${counted})\u00a0: ` +
      'une commission propre au groupement n’est pas imposée, la convention dit qui attribue (non vérifié).',
  );
}

function compositionChecks(kind: CommitteeKind, coordinator: CommitteeBuyer, law: LawOn): Check[] {
  if (kind === 'elected')
    return [
      {
        rule: 'COMMITTEE_COMPOSITION',
        article: 'CGCT L1414-3',
        verdict: 'ok',
        figures: { président: `le représentant de ${coordinator.name}` },
        sentence:
          `Chaque membre a une voix\u00a0; le représentant de ${coordinator.name}, coordonnateur, préside. Un suppléant peut être prévu pour chaque titulaire. ` +
          'Agents, experts, comptable public et DGCCRF peuvent être entendus, avec voix consultative (III).',
      },
    ];
  const { exists, sentence, verified, figures } = ordinaryCommittee(coordinator, law);
  return [
    {
      rule: 'COMMITTEE_COMPOSITION',
      article: 'CGCT L1411-5',
      verdict: exists === 'yes' && verified ? 'ok' : 'warn',
      figures,
      sentence:
        exists === 'no'
          ? `${sentence} Retenir une commission propre au groupement, ou un autre coordonnateur.`
          : sentence,
    },
  ];
}

function quorumCheck(voting: number | null, quorum: number | null): Check {
  const known = voting !== null && quorum !== null;
  return {
    rule: 'COMMITTEE_QUORUM',
    article: 'CGCT L1411-5',
    verdict: 'warn',
    figures: known ? { 'voix délibératives': String(voting), quorum: String(quorum) } : {},
    sentence:
      (known
        ? `Quorum\u00a0: plus de la moitié des ${voting} membres à voix délibérative, soit ${quorum} présents. `
        : 'Quorum\u00a0: plus de la moitié des membres à voix délibérative, dont le nombre n’est pas établi. ') +
      'Après une seconde convocation, la commission se réunit sans quorum (rédaction en vigueur non vérifiée).',
  };
}

const castingVoteCheck = (castingVote: boolean): Check => ({
  rule: 'COMMITTEE_CASTING_VOTE',
  article: 'règlement intérieur de la commission',
  verdict: 'ok',
  figures: { 'voix prépondérante': castingVote ? 'oui' : 'non' },
  sentence: castingVote
    ? 'Décision à la majorité des voix exprimées\u00a0; en cas de partage, la voix du président est prépondérante. La convention ou le règlement de la commission doit le dire (non vérifié).'
    : 'Décision à la majorité des voix exprimées\u00a0; en cas de partage, rien n’est adopté, car la voix du président n’est pas prépondérante (non vérifié).',
});
