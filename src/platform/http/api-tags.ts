/** The French headings under which operations are shown; an operation under another heading fails the tests. */
export const API_TAGS: Readonly<Record<string, string>> = {
  exploitation: 'Surveillance de l’installation, sans compte.',
  connexion: 'Entrer et sortir\u00a0: liens à usage unique, mot de passe, session.',
  comptes: 'Personnes et leurs rôles.',
  jetons: 'Jetons des programmes\u00a0: portée, échéance, révocation.',
  journal: 'Qui a fait quoi, pour quel acheteur, par quelle voie.',
  acheteurs: 'Communes, EPCI, CCAS, syndicats et pôles.',
  'droit daté': 'Seuils, délais, taux et obligations du droit, un jour donné.',
  groupements: 'Groupements de commandes, convention constitutive et membres.',
  consultations: 'Achats menés par un groupement\u00a0: objet, calendrier, état.',
  sourçage:
    'Annuaire des fournisseurs, registre des contacts avant rédaction, nombre de ceux qui pourraient répondre.',
  lots: 'Lots, bordereau, bulletins d’adhésion.',
  conditions: 'Conditions du contrat, limites par membre, critères et clauses des lots.',
  'mesures d’accès':
    'Mesures d’accès des TPE-PME d’un lot\u00a0: catalogue, choix, justification, contrôles.',
  rétroplanning: 'Dates au plus tard d’une consultation, agenda, jours fériés.',
  besoins: 'Recensement des besoins.',
  répartition: 'Clés de répartition, quantités et montants par membre.',
  pièces: 'Documents produits et leur archive.',
};
