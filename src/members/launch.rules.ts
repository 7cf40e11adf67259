import type { PlainDate } from '../calendar/plain-date.js';
import type { Check } from '../law/check.js';
import type { DecisionKind } from '../groups/membership.rules.js';

/** A member, as far as launching a consultation with it goes. */
export interface LaunchMember {
  readonly buyerId: string;
  readonly name: string;
  readonly isCommune: boolean;
  /** A private body that applies the code: nothing of it goes to the préfecture. */
  readonly isPrivate: boolean;
  readonly decisionKind: DecisionKind | null;
  readonly enforceableOn: PlainDate | null;
  /** Whether it signed the latest version of the agreement: by doing so, the agreement as amended. */
  readonly hasSigned: boolean;
}

/** Who conducts the award procedure in the members' name: the coordinator, and each holder of that mission. */
export interface Mandated {
  readonly buyerId: string;
  readonly name: string;
  readonly isEpci: boolean;
  readonly isMember: boolean;
  /** Whether it signed the latest version of the agreement, be it a member or not. */
  readonly hasSigned: boolean;
}

export interface LaunchingGroup {
  /** Label of the latest version of the agreement; null: none was adopted. */
  readonly agreement: string | null;
  readonly coordinatorId: string;
  /** The coordinator first. */
  readonly mandated: readonly Mandated[];
  /** The active members. */
  readonly members: readonly LaunchMember[];
}

type Missing = 'signature' | 'decision' | 'enforceable';

/**
 * What a member still lacks, on that day, to be of a launch. The transmission that makes a decision enforceable is of local
 * authorities (CGCT L2131-1): a private member lacks nothing once it decided.
 */
export function missingFrom(member: LaunchMember, today: PlainDate): Missing[] {
  const missing: Missing[] = member.hasSigned ? [] : ['signature'];
  const decides = member.isCommune ? member.decisionKind === 'resolution' : member.decisionKind !== null;
  if (!decides) return [...missing, 'decision'];
  if (member.isPrivate) return missing;
  if (member.enforceableOn === null || member.enforceableOn > today) missing.push('enforceable');
  return missing;
}

export interface LeftOut {
  readonly buyerId: string;
  readonly name: string;
  readonly missing: readonly Missing[];
}

/** The offer « publier sans les non-signataires »: with whom, and without whom. */
export function withoutNonSignatories(
  group: LaunchingGroup,
  today: PlainDate,
): { readonly group: LaunchingGroup; readonly leftOut: readonly LeftOut[] } {
  const judged = group.members.map((member) => ({ member, missing: missingFrom(member, today) }));
  return {
    group: {
      ...group,
      members: judged.filter(({ missing }) => missing.length === 0).map(({ member }) => member),
    },
    leftOut: judged
      .filter(({ missing }) => missing.length > 0)
      .map(({ member: { buyerId, name }, missing }) => ({ buyerId, name, missing })),
  };
}

/**
 * Whether a consultation may be launched with these members, on that day: the agreement signed by each (G5), by those
 * whom it mandates first of all, and the decision of each enforceable (G6).
 *
 * @param group with the members that it would be launched with: all, or those of {@link withoutNonSignatories}
 * @param leftOut active members that it would be launched without, to be told so
 */
export function launchReadiness(
  group: LaunchingGroup,
  today: PlainDate,
  leftOut: readonly LeftOut[] = [],
): Check[] {
  return [
    membersCheck(group),
    coordinatorCheck(group),
    mandateCheck(group, today),
    signatureCheck(group),
    decisionCheck(group, today),
    ...(leftOut.length > 0 ? [leftOutCheck(leftOut)] : []),
  ];
}

function membersCheck({ members }: LaunchingGroup): Check {
  const enough = members.length >= 2;
  return {
    rule: 'GROUP_HAS_MEMBERS',
    article: 'CCP L2113-6',
    verdict: enough ? 'ok' : 'block',
    figures: { membres: String(members.length) },
    sentence: enough
      ? 'Le groupement réunit au moins deux acheteurs.'
      : 'Un groupement réunit au moins deux acheteurs\u00a0: enregistrer les adhésions avant de lancer.',
  };
}

function coordinatorCheck({ mandated, coordinatorId }: LaunchingGroup): Check {
  const coordinator = mandated.find(({ buyerId }) => buyerId === coordinatorId);
  const rule = { rule: 'GROUP_COORDINATOR_IS_MEMBER', article: 'CCP L2113-7', figures: {} };
  if (coordinator?.isMember)
    return { ...rule, verdict: 'ok', sentence: 'Le coordonnateur est membre du groupement.' };
  if (coordinator?.isEpci)
    return {
      ...rule,
      verdict: 'warn',
      sentence:
        'Le coordonnateur n’est pas membre du groupement\u00a0: vérifier qu’il peut agir pour les communes sans en être (CGCT L5211-4-4, clause expresse des statuts de l’EPCI), ou enregistrer son adhésion.',
    };
  return {
    ...rule,
    verdict: 'block',
    sentence:
      'Le coordonnateur n’est pas membre du groupement\u00a0: la passation se confie à un ou plusieurs des membres. Enregistrer son adhésion.',
  };
}

/**
 * The agreement mandates those who conduct the award procedure: what they have not signed entrusts nothing to them. An
 * EPCI that conducts it for its communes without being a member signs all the same (CGCT L5211-4-4).
 */
function mandateCheck({ mandated, members, coordinatorId }: LaunchingGroup, today: PlainDate): Check {
  const lacking = mandated.filter(({ buyerId, isEpci, isMember, hasSigned }) => {
    const member = members.find((one) => one.buyerId === buyerId);
    if (member) return missingFrom(member, today).length > 0;
    return isMember || !isEpci || buyerId !== coordinatorId || !hasSigned;
  });
  return {
    rule: 'MANDATE_SIGNED',
    article: 'CCP L2113-7',
    verdict: lacking.length === 0 ? 'ok' : 'block',
    figures: {
      passation: named(mandated),
      ...(lacking.length === 0 ? {} : { 'sans mandat signé': named(lacking) }),
    },
    sentence:
      lacking.length === 0
        ? 'La convention est signée de qui elle charge de la passation.'
        : `La convention ne mandate pas encore, faute de signature ou de décision exécutoire\u00a0: ${named(lacking)}. Recueillir sa signature de la dernière version et sa décision avant de lancer\u00a0: «\u00a0publier sans les non-signataires\u00a0» ne s’en passe pas.`,
  };
}

function signatureCheck({ agreement, members, mandated }: LaunchingGroup): Check {
  const unsigned = members.filter(({ hasSigned }) => !hasSigned);
  const dispensable = unsigned.some((member) => mandated.every(({ buyerId }) => buyerId !== member.buyerId));
  const sound = agreement !== null && unsigned.length === 0;
  return {
    rule: 'AGREEMENT_SIGNED',
    article: 'CCP L2113-7',
    verdict: sound ? 'ok' : 'block',
    figures: {
      ...(agreement === null ? {} : { convention: agreement }),
      membres: String(members.length),
      signataires: String(members.length - unsigned.length),
    },
    sentence:
      agreement === null
        ? 'Aucune convention constitutive n’est enregistrée\u00a0: l’enregistrer, puis la faire signer par chaque membre.'
        : unsigned.length === 0
          ? 'Chaque membre a signé la convention constitutive, dans sa dernière version.'
          : `N’ont pas signé la dernière version de la convention\u00a0: ${named(unsigned)}. Recueillir leur signature${dispensable ? ', ou «\u00a0publier sans les non-signataires\u00a0»' : ''}.`,
  };
}

function decisionCheck({ members }: LaunchingGroup, today: PlainDate): Check {
  const lacking = members.filter((member) =>
    missingFrom(member, today).some((missing) => missing !== 'signature'),
  );
  return {
    rule: 'RESOLUTION_ENFORCEABLE',
    article: 'CGCT L2131-1, L2122-22',
    verdict: lacking.length === 0 ? 'ok' : 'block',
    figures: {
      membres: String(members.length),
      'décisions exécutoires': String(members.length - lacking.length),
    },
    sentence:
      lacking.length === 0
        ? 'La décision d’adhérer de chaque membre est exécutoire.'
        : `Sans décision exécutoire\u00a0: ${named(lacking)}. Enregistrer la délibération (ou, hors communes, la décision par délégation), sa transmission en préfecture et sa date exécutoire, ou «\u00a0publier sans les non-signataires\u00a0».`,
  };
}

const leftOutCheck = (leftOut: readonly LeftOut[]): Check => ({
  rule: 'LAUNCHED_WITHOUT',
  article: 'CCP L2111-1, R2162-6',
  verdict: 'warn',
  figures: { écartés: String(leftOut.length) },
  sentence: `Ne pourront rien commander de cette consultation, même s’ils signent ensuite\u00a0: ${named(leftOut)}. Le leur écrire avant de publier.`,
});

const named = (members: readonly { readonly name: string }[]): string =>
  members.map(({ name }) => name).join(', ');
