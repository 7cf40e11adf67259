import type { Check } from '../law/check.js';

/** A lot that is reserved to a pôle de proximité. */
export interface ReservedLot {
  readonly number: number;
  readonly clusterName: string;
  /** Who takes part in it and is not of the cluster any more, by name. */
  readonly outsiders: readonly string[];
  /** Whether the group takes in nobody of the cluster, for it is reserved to another. */
  readonly nobodyMayJoin: boolean;
}

/**
 * A lot may be reserved to a cluster: lots are shaped freely (CCP L2113-10), by a rule that the group gave itself. Bulletins
 * keep it; what changes afterwards of the cluster, or of the group, is told here.
 *
 * @param lots the reserved ones; nothing is told where there is none
 */
export const reservedLotsChecks = (lots: readonly ReservedLot[]): Check[] =>
  lots.length === 0 ? [] : [reservedLotsCheck(lots)];

function reservedLotsCheck(lots: readonly ReservedLot[]): Check {
  const rule = {
    rule: 'LOT_RESERVED_CLUSTER',
    article: 'CCP L2113-10\u00a0; règle que le groupement s’est donnée',
  };
  const withOutsiders = lots.filter(({ outsiders }) => outsiders.length > 0);
  const closed = lots.filter(({ nobodyMayJoin }) => nobodyMayJoin);
  if (withOutsiders.length === 0 && closed.length === 0)
    return {
      ...rule,
      figures: { 'lots réservés': String(lots.length) },
      verdict: 'ok',
      sentence: 'Les lots réservés à un pôle de proximité n’ont que des membres de ce pôle.',
    };
  return {
    ...rule,
    figures: {
      'lots réservés': String(lots.length),
      ...(withOutsiders.length > 0 ? { 'lots avec des membres hors du pôle': numbers(withOutsiders) } : {}),
      ...(closed.length > 0 ? { 'lots que personne ne peut rejoindre': numbers(closed) } : {}),
    },
    verdict: 'warn',
    sentence: [
      ...withOutsiders.map(
        ({ number, clusterName, outsiders }) =>
          `Le lot\u00a0${number} est réservé au pôle «\u00a0${clusterName}\u00a0»\u00a0; y ${outsiders.length > 1 ? 'participent sans en être membres' : 'participe sans en être membre'}\u00a0: ${outsiders.join(', ')}. Les ajouter au pôle, leur faire quitter le lot, ou ouvrir le lot à tous.`,
      ),
      ...closed.map(
        ({ number, clusterName }) =>
          `Le lot\u00a0${number} est réservé au pôle «\u00a0${clusterName}\u00a0», et le groupement à un autre\u00a0: personne ne peut rejoindre ce lot. L’ouvrir à tous, ou réserver le groupement à ce pôle.`,
      ),
    ].join(' '),
  };
}

const numbers = (lots: readonly ReservedLot[]): string => lots.map(({ number }) => number).join(', ');
