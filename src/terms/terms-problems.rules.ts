import type { ContractForm } from '../lots/lots.rules.js';
import { sum } from '../money/amounts.js';
import { frenchEuros, frenchRate } from '../money/french.js';
import type { Problem } from '../platform/refusals/problem.rules.js';
import { isByOrders, isFramework, type LimitTotals, type LotTerms, WHOLE } from './terms.rules.js';

/** Everything in the terms that contradicts itself, the lot's form or its members' limits. */
export function termsProblems(terms: LotTerms, form: ContractForm, limits: LimitTotals): Problem[] {
  return [
    ...amountProblems(terms, form, limits),
    ...holderProblems(terms, form),
    ...sharingProblems(terms),
    ...clauseProblems(terms),
  ];
}

function amountProblems(terms: LotTerms, form: ContractForm, limits: LimitTotals): Problem[] {
  const { maximum, minimum } = terms;
  const problems: Problem[] = [];
  const refuse = (field: string, code: string, detail: string) => problems.push({ field, code, detail });
  if (!isFramework(form)) {
    for (const field of ['maximum', 'minimum'] as const)
      if (terms[field] !== null)
        refuse(
          field,
          'NOT_A_FRAMEWORK',
          'Un marché ordinaire n’a ni minimum ni maximum\u00a0: les retirer, ou changer la forme du lot.',
        );
    return problems;
  }
  if (maximum === null)
    refuse(
      'maximum',
      'MAXIMUM_REQUIRED',
      'Un accord-cadre a un maximum (CCP R2162-4\u00a0; CJUE, C-23/20)\u00a0: l’indiquer, en euros HT, pour toute sa durée.',
    );
  if (maximum === 0n)
    refuse('maximum', 'MAXIMUM_POSITIVE', 'Le maximum est supérieur à 0\u00a0€\u00a0: l’indiquer.');
  if (minimum === 0n)
    refuse(
      'minimum',
      'MINIMUM_POSITIVE',
      'Sans engagement minimum, ne rien indiquer\u00a0: 0\u00a0€ n’en est pas un.',
    );
  if (maximum !== null && minimum !== null && minimum > maximum)
    refuse(
      'minimum',
      'MINIMUM_ABOVE_MAXIMUM',
      `Le minimum (${frenchEuros(minimum)}) dépasse le maximum (${frenchEuros(maximum)})\u00a0: corriger l’un ou l’autre.`,
    );
  if (maximum !== null && limits.maximum > maximum)
    refuse(
      'maximum',
      'BELOW_MEMBER_MAXIMA',
      `Les maximums des membres totalisent ${frenchEuros(limits.maximum)}, plus que ce maximum (${frenchEuros(maximum)})\u00a0: réduire d’abord leurs limites.`,
    );
  const floor = minimum ?? maximum;
  if (floor !== null && limits.minimum > floor)
    refuse(
      minimum === null ? 'maximum' : 'minimum',
      'BELOW_MEMBER_MINIMA',
      `Les minimums des membres totalisent ${frenchEuros(limits.minimum)}, plus que ce montant (${frenchEuros(floor)})\u00a0: réduire d’abord leurs limites.`,
    );
  return problems;
}

function holderProblems(terms: LotTerms, form: ContractForm): Problem[] {
  const { holders, holderCount, orderSharing } = terms;
  if (holders === 'single') {
    const shared =
      holderCount !== null ||
      orderSharing !== null ||
      terms.cascadeDelayHours !== null ||
      terms.orderShares.length > 0;
    return shared
      ? [
          {
            field: 'orderSharing',
            code: 'SHARING_WITH_ONE_HOLDER',
            detail:
              'Un seul titulaire ne partage pas ses commandes\u00a0: retirer la règle, ou prévoir plusieurs titulaires.',
          },
        ]
      : [];
  }
  const problems: Problem[] = [];
  if (!isFramework(form))
    problems.push({
      field: 'holders',
      code: 'SEVERAL_HOLDERS_NEED_A_FRAMEWORK',
      detail: 'Seul un accord-cadre a plusieurs titulaires\u00a0: un marché ordinaire n’en a qu’un.',
    });
  if (holderCount === null)
    problems.push({
      field: 'holderCount',
      code: 'HOLDER_COUNT_REQUIRED',
      detail: 'Indiquer le nombre maximal de titulaires\u00a0: les documents de la consultation l’annoncent.',
    });
  if (isByOrders(form) && orderSharing === null)
    problems.push({
      field: 'orderSharing',
      code: 'ORDER_SHARING_REQUIRED',
      detail:
        'Plusieurs titulaires\u00a0: indiquer la règle qui partage les commandes (CCP R2162-14)\u00a0: cascade, tour de rôle, pourcentages ou prix par commande.',
    });
  if (form === 'marches_subsequents' && orderSharing !== null)
    problems.push({
      field: 'orderSharing',
      code: 'SHARING_WITHOUT_ORDERS',
      detail:
        'Les marchés subséquents remettent les titulaires en concurrence (CCP R2162-10)\u00a0: aucune règle ne partage de commandes.',
    });
  return problems;
}

function sharingProblems({ orderSharing, cascadeDelayHours, orderShares, holderCount }: LotTerms): Problem[] {
  const problems: Problem[] = [];
  if (orderSharing === 'cascade' && cascadeDelayHours === null)
    problems.push({
      field: 'cascadeDelayHours',
      code: 'CASCADE_DELAY_REQUIRED',
      detail:
        'Cascade\u00a0: indiquer le délai, en heures, après lequel la commande passe au titulaire suivant.',
    });
  if (orderSharing !== 'cascade' && cascadeDelayHours !== null)
    problems.push({
      field: 'cascadeDelayHours',
      code: 'CASCADE_DELAY_WITHOUT_CASCADE',
      detail: 'Ce délai ne sert qu’à la cascade\u00a0: le retirer, ou choisir la cascade.',
    });
  const total = sum(orderShares);
  if (orderSharing === 'percentages' && (total !== WHOLE || orderShares.some((share) => share === 0n)))
    problems.push({
      field: 'orderShares',
      code: 'SHARES_MAKE_100',
      detail: `Les parts des titulaires totalisent ${frenchRate(total)}\u00a0: elles font 100\u00a0% exactement, chacune plus que 0.`,
    });
  if (orderSharing === 'percentages' && holderCount !== null && orderShares.length !== holderCount)
    problems.push({
      field: 'orderShares',
      code: 'ONE_SHARE_PER_HOLDER',
      detail: `${orderShares.length} parts pour ${holderCount} titulaires\u00a0: en indiquer une par titulaire, dans l’ordre du classement.`,
    });
  if (orderSharing !== 'percentages' && orderShares.length > 0)
    problems.push({
      field: 'orderShares',
      code: 'SHARES_WITHOUT_PERCENTAGES',
      detail:
        'Ces parts ne servent qu’à la règle des pourcentages\u00a0: les retirer, ou choisir cette règle.',
    });
  return problems;
}

function clauseProblems(terms: LotTerms): Problem[] {
  const problems: Problem[] = [];
  const refuse = (field: string, code: string, detail: string) => problems.push({ field, code, detail });
  for (const [rate, sme] of [
    ['advanceRate', 'advanceRateSme'],
    ['retentionRate', 'retentionRateSme'],
  ] as const)
    if (terms[rate] === null && terms[sme] !== null)
      refuse(
        rate,
        'RATE_REQUIRED',
        'Un taux pour les PME suppose le taux des autres titulaires\u00a0: l’indiquer.',
      );
  if (terms.priceFormula !== null && (terms.priceKind === null || terms.priceKind === 'fixed'))
    refuse(
      'priceFormula',
      'FORMULA_OF_A_FIXED_PRICE',
      'Une formule suppose un prix révisable ou actualisable\u00a0: choisir l’un d’eux, ou retirer la formule.',
    );
  if ((terms.socialExemptionGround === null) !== (terms.socialExemption === null))
    refuse(
      terms.socialExemption === null ? 'socialExemption' : 'socialExemptionGround',
      'SOCIAL_EXEMPTION_INCOMPLETE',
      'Une dispense de clause sociale se donne avec son cas (CCP L2112-2-1) et son motif\u00a0: compléter.',
    );
  if (terms.socialClause !== null && terms.socialExemption !== null)
    refuse(
      'socialExemption',
      'SOCIAL_CLAUSE_AND_EXEMPTION',
      'Le lot a une clause sociale et une dispense\u00a0: garder l’une ou l’autre.',
    );
  return problems;
}
