import { NBSP } from '../money/french.js';
import type { ParameterFault, ParameterFaultCode } from './keys/key.rules.js';

export type AllocationRefusalCode =
  | ParameterFaultCode
  | 'member_twice'
  | 'base_missing'
  | 'no_base'
  | 'nobody_concerned'
  | 'vat_rate_missing'
  | 'caps_below_total'
  | 'floors_above_total'
  | 'bounds_unreachable'
  | 'bounds_on_tariff'
  | 'negative_cost'
  | 'fixed_above_total'
  | 'index_missing'
  | 'index_without_price'
  | 'presence_out_of_period';

/** Why the costs cannot be shared as asked, whom or what it fails for, and what to enter. */
export interface AllocationRefusal {
  readonly code: AllocationRefusalCode;
  readonly memberKeys: readonly string[];
  /** Place of the cost in the list given; null when it is about no cost. */
  readonly cost: number | null;
  /** The member's name, « frais « Publicité » »; null when it is about the key or a modifier. */
  readonly subject: string | null;
  /** French, without capital nor full stop. */
  readonly problem: string;
  readonly enter: string;
}

/** « Changé : sa population municipale du millésime 2023 manque. La renseigner, ou … » */
export function refusalSentence({ subject, problem, enter }: AllocationRefusal): string {
  const said = subject === null ? capitalised(problem) : `${capitalised(subject)}${NBSP}: ${problem}`;
  return `${said}. ${capitalised(enter)}.`;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

type About = Partial<Pick<AllocationRefusal, 'memberKeys' | 'cost' | 'subject'>>;

export const refusal = (
  code: AllocationRefusalCode,
  problem: string,
  enter: string,
  { memberKeys = [], cost = null, subject = null }: About = {},
): AllocationRefusal => ({ code, memberKeys, cost, subject, problem, enter });

export const aboutMember = ({ key, name }: { readonly key: string; readonly name: string }): About => ({
  memberKeys: [key],
  subject: name,
});

export const aboutCost = ({ label }: { readonly label: string }, cost: number): About => ({
  cost,
  subject: `frais «${NBSP}${label}${NBSP}»`,
});

export const ofParameter = ({ code, problem, enter }: ParameterFault): AllocationRefusal =>
  refusal(code, problem, enter);
