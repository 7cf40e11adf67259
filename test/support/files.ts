/** Tables of a small campaign, to be altered by tests of what people get wrong. */
export const SMALL = {
  'catalogue.csv': [
    'lot;intitule_lot;cpv;famille;forme;code_article;designation;unite;conditionnement;prix_unitaire_estime_ht;taux_tva;nature_m57',
    '1;Sel;34927100;fournitures;bons_de_commande;A-1;Sel en vrac;TNE;1;92,00;20;60633',
    '1;Sel;34927100;fournitures;bons_de_commande;A-2;Sel en sac;XBG;40;6,15;20;60633',
    '2;Plants;03451000;fournitures;bons_de_commande;B-1;Vivace;C62;9;1,9500;10;60628',
  ],
  'adhesions.csv': [
    'siret;code_insee;nom;population_municipale;reponse;deliberation_le;deliberation_numero;bulletin_le;lots',
    '21530130000012;53130;Laval;49474;adhere;2026-05-29;2026-05-003;2026-07-08;1,2',
    '21530054200010;53054;Changé;6482;adhere;2026-05-19;2026-05-017;2026-07-28;1',
    '21530045000016;53045;La Brûlatte;674;n_adhere_pas;;;;',
    '20008339200015;;Laval Agglomération;0;adhere;2026-06-15;2026-06-018;2026-08-06;1,2',
  ],
  'besoins.csv': [
    'siret;code_article;quantite_min;quantite_estimee;quantite_max;etat',
    '21530130000012;A-1;10;12,5;20;valide',
    '21530130000012;B-1;;100;;valide',
    '21530054200010;A-1;;7;;valide',
    '21530054200010;A-2;;0;;valide',
    '20008339200015;B-1;;40;;brouillon',
  ],
  'couts.csv': [
    'libelle;montant_ht;taux_tva;lots',
    'Avis de publicité;1320,00;20;',
    'Analyse du sel;643,35;20;1',
  ],
} as const;

export type CampaignFile = keyof typeof SMALL;

/** The small campaign's text with lines replaced: `{ 'besoins.csv': { 3: '…' } }`, header = 1; null removes a line. */
export function smallCampaign(
  changes: Partial<Record<CampaignFile, Record<number, string | null>>> = {},
): Record<CampaignFile, string> {
  return Object.fromEntries(
    Object.entries(SMALL).map(([file, lines]) => {
      const altered = lines.map((line, i) => changes[file as CampaignFile]?.[i + 1] ?? line);
      const dropped = altered.filter((_, i) => changes[file as CampaignFile]?.[i + 1] !== null);
      const added = Object.entries(changes[file as CampaignFile] ?? {})
        .filter(([line]) => Number(line) > lines.length)
        .map(([, text]) => text!);
      return [file, `${[...dropped, ...added].join('\r\n')}\r\n`];
    }),
  ) as Record<CampaignFile, string>;
}
