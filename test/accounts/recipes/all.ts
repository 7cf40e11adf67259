import { accountRecipes } from './accounts.js';
import { buyerRecipes } from './buyers.js';
import { clusterRecipes } from './clusters.js';
import { conductRecipes } from './conduct.js';
import { consultationRecipes } from './consultations.js';
import { declarationRecipes } from './declarations.js';
import { documentRecipes } from './documents.js';
import { formRecipes } from './forms.js';
import { groupRecipes } from './groups.js';
import { itemRecipes } from './items.js';
import { lawRecipes } from './law.js';
import { needsTotalsRecipes } from './needs-totals.js';
import { procedureRecipes } from './procedure.js';
import { protectionRecipes } from './protection.js';
import { publicationRecipes } from './publication.js';
import { reminderRecipes } from './reminders.js';
import { signalRecipes } from './signals.js';
import { sourcingRecipes } from './sourcing.js';
import { termsRecipes } from './terms.js';
import type { Recipes } from './recipe.js';

/** A request for each route, by « METHOD /path ». */
export const allRecipes: Recipes = (world) => ({
  ...accountRecipes(world),
  ...buyerRecipes(world),
  ...clusterRecipes(world),
  ...conductRecipes(world),
  ...consultationRecipes(world),
  ...declarationRecipes(world),
  ...documentRecipes(world),
  ...formRecipes(world),
  ...groupRecipes(world),
  ...itemRecipes(world),
  ...lawRecipes(world),
  ...needsTotalsRecipes(world),
  ...procedureRecipes(world),
  ...protectionRecipes(world),
  ...publicationRecipes(world),
  ...reminderRecipes(world),
  ...signalRecipes(world),
  ...sourcingRecipes(world),
  ...termsRecipes(world),
});
