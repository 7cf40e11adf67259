import type {
  BuyerKind,
  EstablishmentFaultCode,
  IdentityFaultCode,
  PopulationFaultCode,
} from './buyer.rules.js';
import { SIREN_FAULTS, SIRET_FAULTS } from './siret.messages.js';
import type { SirenFault, SiretFault } from './siret.rules.js';

export const BUYER_KIND_WORDS: Readonly<Record<BuyerKind, string>> = {
  commune: 'commune',
  epci: 'EPCI à fiscalité propre',
  ccas: 'CCAS ou CIAS',
  syndicat: 'syndicat',
  eple: 'EPLE (collège ou lycée)',
  private: 'personne privée qui applique le code',
  other: 'autre, ou non précisée',
};

/** « Le SIRET doit avoir 14 chiffres : recopier les 14 chiffres du SIRET. » */
const sentenceOf = ([problem, correction]: readonly [problem: string, correction: string]): string =>
  `${problem[0]!.toUpperCase()}${problem.slice(1)}\u00a0: ${correction.replace(' :', '\u00a0:')}.`;

const sentencesOf = <C extends string>(
  faults: Readonly<Record<C, readonly [problem: string, correction: string]>>,
) =>
  Object.fromEntries(
    Object.entries(faults).map(([code, words]) => [
      code,
      sentenceOf(words as readonly [problem: string, correction: string]),
    ]),
  ) as Record<C, string>;

const SIRETS: Record<SiretFault, string> = sentencesOf(SIRET_FAULTS);
const SIRENS: Record<SirenFault, string> = sentencesOf(SIREN_FAULTS);

/** French sentences for a refused identity; `instead`: what the national reference says. */
const IDENTITY: Readonly<Record<IdentityFaultCode, string | ((instead: string) => string)>> = {
  ...SIRETS,
  ...SIRENS,
  no_siret_nor_siren: 'Indiquer le SIRET du siège, ou à défaut le SIREN.',
  siret_and_siren_disagree:
    'Les 9\u00a0premiers chiffres du SIRET ne sont pas ce SIREN\u00a0: vérifier les deux.',
  commune_without_insee_code:
    'Une commune se donne avec son code INSEE (5\u00a0caractères, pas le code postal).',
  insee_code_malformed: 'Ce n’est pas un code INSEE de commune (5\u00a0caractères, pas le code postal).',
  insee_code_unknown:
    'Aucune commune actuelle ne porte ce code INSEE au référentiel national\u00a0: chercher la commune, qui a pu en absorber une autre.',
  insee_code_of_no_commune: 'Seule une commune porte un code INSEE\u00a0: le retirer, ou corriger la nature.',
  siren_of_another: (told) => `Ce SIREN est celui de ${told}\u00a0: corriger le SIREN ou le code INSEE.`,
  commune_of_another_siren: (told) =>
    `Au référentiel national, ce code INSEE désigne ${told}, dont le SIREN n’est pas celui donné\u00a0: corriger le SIREN ou le SIRET, ou le code INSEE.`,
  kind_of_another: (told) =>
    `Ce SIREN est celui de ${told} au référentiel national\u00a0: corriger la nature ou le SIREN.`,
  private_without_the_code:
    'Une personne privée n’entre dans un groupement que si elle applique le code de la commande publique aux achats qu’elle y fait (L2113-6)\u00a0: le déclarer.',
  code_said_by_public: 'Seule une personne privée déclare appliquer le code\u00a0: laisser à faux.',
};

export function identitySentence(code: IdentityFaultCode, instead: string | null): string {
  const sentence = IDENTITY[code];
  return typeof sentence === 'string' ? sentence : sentence(instead ?? '');
}

export const POPULATION_SENTENCES: Readonly<Record<PopulationFaultCode, string>> = {
  population_given_twice: 'Cette population est déjà donnée pour ce millésime\u00a0: n’en garder qu’une.',
  population_in_force_before_census:
    'Une population entre en vigueur après l’année de son recensement\u00a0: vérifier la date et le millésime.',
  total_below_municipal:
    'La population totale comprend la population municipale\u00a0: elle ne peut pas lui être inférieure.',
};

export const ESTABLISHMENT_SENTENCES: Readonly<Record<EstablishmentFaultCode, string>> = {
  ...SIRETS,
  siret_given_twice: 'Ce SIRET est déjà dans la liste.',
  siren_of_another_buyer:
    'Les établissements d’un acheteur portent tous son SIREN\u00a0: ce SIRET est celui d’un autre.',
};
