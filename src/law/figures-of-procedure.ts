import { always, type FigureRule } from './figure.js';

const CODE = 'code de la commande publique, miroir de Légifrance';
const MEMORY = 'de mémoire, texte non relu';
const days = (label: string, article: string, count: bigint) =>
  ({ label, unit: 'days', article, source: CODE, verified: true, values: always(count) }) as const;

/** Minimum deadlines, counted from the sending of the notice or of the invitation, and what follows an award. */
export const FIGURES_OF_PROCEDURE = {
  delai_ao_ouvert: days('Appel d’offres ouvert, offres', 'CCP R2161-2', 35n),
  delai_ao_ouvert_electronique: days(
    'Appel d’offres ouvert, offres par voie électronique',
    'CCP R2161-3',
    30n,
  ),
  delai_ao_ouvert_reduit: days(
    'Appel d’offres ouvert, avis de préinformation ou urgence',
    'CCP R2161-3',
    15n,
  ),
  preinformation_au_moins: {
    label: 'Avis de préinformation, envoi avant l’avis de marché\u00a0: au moins',
    unit: 'days',
    article: 'CCP R2161-3',
    source: MEMORY,
    verified: false,
    values: always(35n),
  },
  preinformation_au_plus: {
    label: 'Avis de préinformation, envoi avant l’avis de marché\u00a0: au plus',
    unit: 'months',
    article: 'CCP R2161-3',
    source: MEMORY,
    verified: false,
    values: always(12n),
  },
  delai_ao_restreint_candidatures: days('Appel d’offres restreint, candidatures', 'CCP R2161-6', 30n),
  delai_ao_restreint_candidatures_urgence: days(
    'Appel d’offres restreint, candidatures, urgence',
    'CCP R2161-6',
    15n,
  ),
  delai_ao_restreint_offres: days('Appel d’offres restreint, offres', 'CCP R2161-7', 30n),
  delai_ao_restreint_offres_electronique: days(
    'Appel d’offres restreint, offres par voie électronique',
    'CCP R2161-8',
    25n,
  ),
  delai_ao_restreint_offres_reduit: days(
    'Appel d’offres restreint, offres, préinformation ou urgence',
    'CCP R2161-8',
    10n,
  ),
  delai_negociation_candidatures: days('Procédure avec négociation, candidatures', 'CCP R2161-12', 30n),
  delai_negociation_candidatures_urgence: days(
    'Procédure avec négociation, candidatures, urgence',
    'CCP R2161-12',
    15n,
  ),
  delai_negociation_offres: days('Procédure avec négociation, offres', 'CCP R2161-14', 30n),
  delai_negociation_offres_electronique: days(
    'Procédure avec négociation, offres par voie électronique',
    'CCP R2161-15',
    25n,
  ),
  delai_negociation_offres_reduit: days(
    'Procédure avec négociation, offres, préinformation ou urgence',
    'CCP R2161-15',
    10n,
  ),
  renseignements: days('Renseignements complémentaires avant la limite des offres', 'CCP R2132-6', 6n),
  renseignements_urgence: days('Renseignements complémentaires avant la limite, urgence', 'CCP R2132-6', 4n),
  suspension_electronique: days('Suspension avant signature, notification électronique', 'CCP R2182-1', 11n),
  suspension_autre: days('Suspension avant signature, autre notification', 'CCP R2182-1', 16n),
  motifs_rejet: days('Réponse à une demande de motifs de rejet', 'CCP R2181-4', 15n),
  avis_attribution: days('Envoi de l’avis d’attribution après la signature', 'CCP R2183-1', 30n),
  transmission_prefet: {
    label: 'Transmission au représentant de l’État après la signature',
    unit: 'days',
    article: 'CGCT L2131-1',
    source: 'préfectures',
    verified: true,
    values: always(15n),
  },
} as const satisfies Record<string, FigureRule>;
