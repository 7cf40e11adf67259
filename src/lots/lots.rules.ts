/** Nature of what a lot buys: thresholds differ for works. */
export const LOT_FAMILIES = ['fournitures', 'services', 'travaux'] as const;
export type LotFamily = (typeof LOT_FAMILIES)[number];

/** Bons de commande, marchés subséquents, both (R2162-2, R2162-3), or a plain contract. */
export const CONTRACT_FORMS = ['bons_de_commande', 'marches_subsequents', 'mixte', 'ordinaire'] as const;
export type ContractForm = (typeof CONTRACT_FORMS)[number];

/** VAT rates in force in metropolitan France, Corsica and overseas departments, in percent. */
export const VAT_RATES = ['20', '10', '5.5', '2.1', '0', '0.9', '13', '8.5', '1.75', '1.05'] as const;

/** Accords-cadres, by the forms of their orders: they have a maximum and a limit of duration; a plain contract has not. */
export const isFramework = (form: ContractForm): boolean => form !== 'ordinaire';
