import type { Check } from '../law/check.js';

/** What the agreement may entrust to one or several members in the name of the others (CCP L2113-7), in order. */
export const MISSIONS = ['passation', 'signature', 'notification', 'execution', 'paiement'] as const;
export type Mission = (typeof MISSIONS)[number];

export interface Party {
  readonly buyerId: string;
  readonly name: string;
}

export interface HeldMission {
  readonly mission: Mission;
  readonly holders: readonly Party[];
}

/** An operation of the contract, and who answers for it. */
export interface Operation {
  readonly mission: Mission;
  /** Who does it in the name of the members; none: each member, alone. */
  readonly holders: readonly Party[];
  readonly article: string;
  /** French sentence, as the agreement may print it. */
  readonly sentence: string;
}

/** The perimeter of joint and several liability (CCP L2113-7). */
export interface Perimeter {
  /** Done jointly in the members' name: all of them answer for it. */
  readonly joint: readonly Operation[];
  /** Done by each member, who alone answers for its own. */
  readonly alone: readonly Operation[];
}

const ARTICLE = 'CCP L2113-7';

/** The mission, and the operations that it is made of. */
export const MISSION_WORDS: Readonly<Record<Mission, readonly [mission: string, operations: string]>> = {
  passation: [
    'la passation',
    'publicité, échanges avec les candidats, réception et analyse des offres, attribution',
  ],
  signature: ['la signature', 'engagement envers le titulaire, transmission au contrôle de légalité'],
  notification: ['la notification', 'envoi du marché signé au titulaire, avis d’attribution'],
  execution: ['l’exécution', 'bons de commande, réception, pénalités, modifications'],
  paiement: ['le paiement', 'vérification et règlement des factures du titulaire'],
};

/** « A », « A et B », « A, B et C ». */
export function frenchList(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} et ${last}`;
}

/** What stands until people choose: the coordinator conducts the award procedure, each member does the rest alone. */
export const defaultMissions = (coordinator: Party): HeldMission[] => [
  { mission: 'passation', holders: [coordinator] },
];

/** The missions as they will stand: in order, each holder once; none that is held by nobody. */
export function settledMissions(asked: readonly HeldMission[]): HeldMission[] {
  return MISSIONS.flatMap((mission) => {
    const named = asked.filter((one) => one.mission === mission).flatMap(({ holders }) => holders);
    const once = new Map(named.map((party) => [party.buyerId, party]));
    return once.size > 0 ? [{ mission, holders: [...once.values()] }] : [];
  });
}

/**
 * Whether a choice of missions says who conducts the award procedure, as it must: what is entrusted is what the agreement
 * says (CCP L2113-7), never what nobody wrote.
 */
export const saysWhoAwards = (
  asked: readonly { readonly mission: Mission; readonly buyerIds: readonly string[] }[],
): boolean => asked.some(({ mission, buyerIds }) => mission === 'passation' && buyerIds.length > 0);

/** Who pays the holder of a contract: each member its own, or one for the others, the coordinator or another member. */
export type PaidBy = 'each_member' | 'coordinator' | 'other_member';

/** Who pays, by the missions: each member for itself where the payment is entrusted to nobody. */
export function paidBy(missions: readonly HeldMission[], coordinatorId: string): PaidBy {
  const payers = missions.filter(({ mission }) => mission === 'paiement').flatMap(({ holders }) => holders);
  if (payers.length === 0) return 'each_member';
  return payers.every(({ buyerId }) => buyerId === coordinatorId) ? 'coordinator' : 'other_member';
}

/** Which operations bind all members together, and which bind each of them alone. */
export function solidarityPerimeter(missions: readonly HeldMission[]): Perimeter {
  const operations = MISSIONS.map((mission): Operation => {
    const holders = missions.find((one) => one.mission === mission)?.holders ?? [];
    return { mission, holders, article: ARTICLE, sentence: operationSentence(mission, holders) };
  });
  return {
    joint: operations.filter(({ holders }) => holders.length > 0),
    alone: operations.filter(({ holders }) => holders.length === 0),
  };
}

function operationSentence(mission: Mission, holders: readonly Party[]): string {
  const [noun, operations] = MISSION_WORDS[mission];
  if (holders.length === 0)
    return `Chaque membre assure lui-même ${noun} pour ce qui le concerne (${operations})\u00a0: il en répond seul.`;
  const verb = holders.length > 1 ? 'assurent' : 'assure';
  return (
    `${frenchList(holders.map(({ name }) => name))} ${verb} ${noun} (${operations}) au nom et pour le compte de tous ` +
    'les membres\u00a0: ils en sont solidairement responsables.'
  );
}

/**
 * What a person should look at in the missions chosen.
 *
 * @param partyIds the coordinator and the members: a mission is theirs to hold
 */
export function missionChecks(
  missions: readonly HeldMission[],
  coordinator: Party,
  partyIds: ReadonlySet<string>,
): Check[] {
  return missions.flatMap(({ mission, holders }) => {
    const [noun] = MISSION_WORDS[mission];
    const names = (parties: readonly Party[]): string => frenchList(parties.map(({ name }) => name));
    const checks: Check[] = [];
    const gone = holders.filter(({ buyerId }) => !partyIds.has(buyerId));
    if (gone.length > 0)
      checks.push({
        rule: 'MISSION_HOLDER_IS_MEMBER',
        article: ARTICLE,
        verdict: 'block',
        figures: { mission, 'hors du groupement': names(gone) },
        sentence: `${names(gone)} ${gone.length > 1 ? 'ne sont plus membres' : 'n’est plus membre'} du groupement\u00a0: confier ${noun} à un autre membre, par un avenant à la convention.`,
      });
    if (holders.length > 1)
      checks.push({
        rule: 'MISSION_SEVERAL_HOLDERS',
        article: ARTICLE,
        verdict: 'warn',
        figures: { mission, titulaires: names(holders) },
        sentence: `${names(holders)} se partagent ${noun}\u00a0: la convention doit dire qui fait quoi, lot par lot ou acte par acte.`,
      });
    if (mission === 'paiement')
      checks.push({
        rule: 'PAYMENT_FOR_OTHERS',
        article: 'CGCT L1615-2',
        verdict: 'warn',
        figures: { paiement: names(holders) },
        sentence:
          `${names(holders)} ${holders.length > 1 ? 'paient' : 'paie'} pour les autres membres\u00a0: la convention prévoit leur remboursement. ` +
          'Une dépense d’investissement se paie par chaque membre, pour son FCTVA (rédaction en vigueur non vérifiée).',
      });
    if (mission === 'passation' && !holders.some(({ buyerId }) => buyerId === coordinator.buyerId))
      checks.push({
        rule: 'COORDINATOR_CONDUCTS_PROCEDURE',
        article: ARTICLE,
        verdict: 'warn',
        figures: { coordonnateur: coordinator.name, passation: names(holders) },
        sentence: `${coordinator.name} est le coordonnateur du groupement sans en assurer la passation, confiée à ${names(holders)}\u00a0: vérifier que la convention le veut ainsi.`,
      });
    return checks;
  });
}

/** « Laval assure la passation et la signature ; Changé assure le paiement ». @param held by name of the holder */
export function heldWords(held: readonly (Party & { readonly mission: Mission })[]): string {
  const names = new Map(held.map(({ buyerId, name }) => [buyerId, name]));
  return [...names]
    .map(([holder, name]) => {
      const own = MISSIONS.filter((mission) =>
        held.some((one) => one.buyerId === holder && one.mission === mission),
      );
      return `${name} assure ${frenchList(own.map((mission) => MISSION_WORDS[mission][0]))}`;
    })
    .join('\u00a0; ');
}

/** Where a mission is given to someone who cannot hold it: position of the mission, then of the buyer in it. */
export function strangersIn(
  missions: readonly { readonly buyerIds: readonly string[] }[],
  partyIds: ReadonlySet<string>,
): (readonly [mission: number, buyer: number])[] {
  return missions.flatMap(({ buyerIds }, m) =>
    buyerIds.flatMap((buyerId, b) => (partyIds.has(buyerId) ? [] : [[m, b] as const])),
  );
}
