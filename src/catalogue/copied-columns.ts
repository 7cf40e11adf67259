/**
 * What a copy of a consultation takes over of its lots and items, in columns. The others are identities, versions, or
 * belong to what was said of the former one. A column of these tables that is neither copied nor left out fails a test.
 */
export const COPIED_LOT_COLUMNS = [
  'number',
  'title',
  'cpv_code',
  'family',
  'contract_form',
  'purchase_family',
  'reserved_cluster_id',
] as const;

export const COPIED_ITEM_COLUMNS = [
  'position',
  'code',
  'designation',
  'unit',
  'packaging',
  'unit_price',
  'vat_rate',
  'm57_nature',
  'unit_code',
  'cpv_code',
  'purchase_family',
  'reuse_share',
] as const;
