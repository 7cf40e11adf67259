/** Goes with every table by cluster: a commune may be in several. */
export const CLUSTERS_OVERLAP =
  'Un acheteur membre de plusieurs pôles compte dans chacun\u00a0: les lignes des pôles ne s’additionnent pas. ' +
  'Le total compte chaque acheteur une fois.';

/** Goes with what sums inhabitants. */
export const COMMUNES_COUNTED =
  'Seules les communes y comptent leurs habitants\u00a0: ceux d’un EPCI, ou d’un autre établissement, sont déjà les leurs.';
