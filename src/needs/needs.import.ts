import { SIRET_FAULTS } from '../buyers/siret.messages.js';
import { readSiret } from '../buyers/siret.rules.js';
import type { CatalogueReading } from '../catalogue/catalogue.import.js';
import type { KnownBuyer, MembershipsReading } from '../participation/memberships.import.js';
import { QUANTITY_SCALE } from '../money/amounts.js';
import type { Fault } from '../platform/csv/fault.js';
import { RowReader } from '../platform/csv/row-reader.js';
import type { Table } from '../platform/csv/table.js';
import { type NeedQuantities, needFaults, type Standing } from './needs.rules.js';

export const NEED_COLUMNS = [
  'siret',
  'code_article',
  'quantite_min',
  'quantite_estimee',
  'quantite_max',
  'etat',
] as const;

const STANDING_OF: Readonly<Record<string, Standing>> = {
  valide: 'valid',
  hors_delai: 'late',
  brouillon: 'draft',
};

export interface NeedLine extends NeedQuantities {
  readonly siret: string;
  readonly itemCode: string;
  readonly standing: Standing;
}

/** Reads `besoins.csv` against the catalogue and the memberships. */
export function readNeeds(
  table: Table,
  catalogue: CatalogueReading,
  members: MembershipsReading,
): { readonly needs: readonly NeedLine[]; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [...table.faults];
  const needs: NeedLine[] = [];
  const withoutLot = new Set<KnownBuyer>();
  const lineOf = new Map<string, number>();
  for (const row of table.rows) {
    if (!row.complete) continue;
    const reader = new RowReader(table, row, faults);
    const siret = readMember(reader, members);
    const itemCode = readItemCode(reader, catalogue);
    if (siret !== undefined && itemCode !== undefined) {
      const first = lineOf.get(`${siret} ${itemCode}`);
      if (first !== undefined)
        reader.refuse(
          'code_article',
          `le besoin de cet acheteur pour ${itemCode} figure déjà ligne ${first}`,
          'ne garder qu’une ligne par acheteur et par article',
        );
      else lineOf.set(`${siret} ${itemCode}`, row.line);
      const buyer = members.buyers.get(siret);
      // Said once, on its own row.
      if (buyer?.joins && buyer.lots?.size === 0) withoutLot.add(buyer);
      else if (buyer) checkParticipation(reader, buyer, catalogue.lotOfItem.get(itemCode) ?? null);
    }
    const quantities = readQuantities(reader);
    const state = reader.oneOf('etat', Object.keys(STANDING_OF), 'l’état');
    if (reader.faulty || siret === undefined || itemCode === undefined) continue;
    if (quantities === undefined || state === undefined) continue;
    needs.push({ siret, itemCode, standing: STANDING_OF[state]!, ...quantities });
  }
  return { needs, faults: [...[...withoutLot].map((buyer) => noLotJoined(members.file, buyer)), ...faults] };
}

const noLotJoined = (file: string, { line }: KnownBuyer): Fault => ({
  file,
  line,
  column: 'lots',
  value: '',
  problem: 'cet acheteur a des besoins dans besoins.csv et ne rejoint aucun lot',
  correction: 'écrire les lots qu’il rejoint (1,2,5), ou retirer ses besoins',
});

function readMember(reader: RowReader, members: MembershipsReading): string | undefined {
  const text = reader.text('siret', 'le SIRET');
  if (text === undefined) return undefined;
  const { siret, fault } = readSiret(text);
  if (members.buyers.has(siret)) return siret; // a false key is already told where the buyer is declared
  if (fault) return reader.refuse('siret', ...SIRET_FAULTS[fault]);
  if (!members.mayBe(siret))
    return reader.refuse(
      'siret',
      'cet acheteur n’est pas dans adhesions.csv',
      'corriger le SIRET, ou ajouter l’acheteur à adhesions.csv',
    );
  return siret;
}

function readItemCode(reader: RowReader, catalogue: CatalogueReading): string | undefined {
  const code = reader.text('code_article', 'le code de l’article');
  if (code === undefined || catalogue.lotOfItem.has(code) || !catalogue.codesKnown) return code;
  return reader.refuse(
    'code_article',
    'cet article n’est pas dans catalogue.csv',
    'corriger le code, ou ajouter l’article au catalogue',
  );
}

/** À la carte: a need is only received from a member, for a lot that it joined. */
function checkParticipation(reader: RowReader, { joins, lots }: KnownBuyer, lot: number | null): void {
  if (joins === false)
    reader.refuse(
      'siret',
      'cet acheteur n’adhère pas au groupement',
      'retirer son besoin, ou écrire adhere dans adhesions.csv',
    );
  else if (lots !== null && lots.size > 0 && lot !== null && !lots.has(lot))
    reader.refuse(
      'code_article',
      `l’article est du lot ${lot}, que cet acheteur n’a pas rejoint`,
      `retirer le besoin, ou ajouter le lot ${lot} à son adhésion`,
    );
}

function readQuantities(reader: RowReader): NeedQuantities | undefined {
  const scale = QUANTITY_SCALE;
  const minimum = reader.decimal('quantite_min', { scale, what: 'la quantité minimale', optional: true });
  const estimate = reader.decimal('quantite_estimee', { scale, what: 'la quantité estimée' });
  const maximum = reader.decimal('quantite_max', { scale, what: 'la quantité maximale', optional: true });
  if (minimum === undefined || estimate === undefined || maximum === undefined) return undefined;
  const quantities = { minimum, estimate, maximum };
  const faults = needFaults(quantities);
  if (faults.includes('minimum_above_estimate'))
    reader.refuse(
      'quantite_min',
      'la quantité minimale dépasse la quantité estimée',
      'écrire minimum ≤ estimée ≤ maximum, ou laisser le minimum vide',
    );
  if (faults.includes('estimate_above_maximum'))
    reader.refuse(
      'quantite_max',
      'la quantité maximale est inférieure à la quantité estimée',
      'écrire minimum ≤ estimée ≤ maximum, ou laisser le maximum vide',
    );
  return quantities;
}
