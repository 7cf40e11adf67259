import { SIRET_FAULTS } from '../buyers/siret.messages.js';
import { wrongCpvCheckDigit } from '../law/cpv-code.js';
import { DIRECTION_PROBLEM } from '../words/visible.js';
import type { SupplierFaultCode } from './suppliers.rules.js';

type Words = readonly [problem: string, correction: string];

/** French words for what is wrong in a supplier: the problem, then what to do. */
const SUPPLIER_FAULTS: Readonly<Record<Exclude<SupplierFaultCode, 'wrong_cpv_check_digit'>, Words>> = {
  ...SIRET_FAULTS,
  nameless: ['le nom manque', 'écrire la raison sociale'],
  changes_direction: [DIRECTION_PROBLEM, 'le retaper'],
  no_activity: ['aucune activité n’est indiquée', 'donner au moins un code CPV'],
  not_a_cpv_code: ['ce n’est pas un code CPV', 'écrire de 2 à 8 chiffres, par exemple 34 ou 34927100'],
  unknown_cpv_code: [
    'ce code n’est pas dans la nomenclature CPV',
    'choisir un code de la nomenclature CPV 2008',
  ],
  serves_nowhere: [
    'aucun territoire desservi n’est indiqué',
    'donner des communes, des EPCI ou des départements, ou indiquer toute la France',
  ],
  unknown_department: [
    'ce n’est pas un département',
    'écrire le code du département, par exemple 53, 2A ou 974',
  ],
  unknown_epci: [
    'ce n’est pas un EPCI à fiscalité propre',
    'écrire son SIREN, 9 chiffres, par exemple 200083392',
  ],
  unknown_commune: [
    'ce n’est pas le code INSEE d’une commune actuelle',
    'écrire le code INSEE, et non le code postal, par exemple 53130',
  ],
  status_twice: ['ce statut est indiqué deux fois', 'n’en garder qu’une preuve'],
  proof_dates_disordered: ['la preuve expire avant sa date', 'vérifier les deux dates'],
};

/** What is wrong in what was read, then what to do. */
export const supplierFaultWords = (code: SupplierFaultCode, value: string): Words =>
  code === 'wrong_cpv_check_digit' ? wrongCpvCheckDigit(value)! : SUPPLIER_FAULTS[code];

/** « Ce n’est pas un département ; écrire le code… », as one sentence. */
export function supplierSentence(code: SupplierFaultCode, value: string): string {
  const [problem, correction] = supplierFaultWords(code, value);
  return `${problem.charAt(0).toUpperCase()}${problem.slice(1)}\u00a0; ${correction.replaceAll(' :', '\u00a0:')}.`;
}
