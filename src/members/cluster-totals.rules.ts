/** Goes with every table by cluster: a commune may be in several. */
export const CLUSTERS_OVERLAP =
  'Un acheteur membre de plusieurs pôles compte dans chacun\u00a0: les lignes des pôles ne s’additionnent pas. ' +
  'Le total compte chaque acheteur une fois.';
