import type { Recipes } from './recipe.js';

/** The dated law. */
export const lawRecipes: Recipes = () => ({
  'POST /law': () => ({
    path: '/law',
    body: {
      ...{ code: 'decp', value: '50000.00', validFrom: '2198-01-01', validTo: null },
      ...{ source: 'JORF', checkedOn: '2026-11-23', verified: true },
    },
  }),
});
