-- The unit stays as people wrote it; the code that it means is beside it. Null where an older row says no known unit.
alter table item
  add column unit_code text constraint item_unit_code_is_well_formed check (unit_code ~ '^[A-Z0-9]{2,3}$'),
  -- Of the item alone, where they differ from its lot's.
  add column cpv_code text constraint item_cpv_code references cpv_code,
  add column purchase_family text constraint item_purchase_family_is_not_empty check (purchase_family <> ''),
  -- Expected share of reused or recycled goods, in percent (loi 2020-105, article 58).
  add column reuse_share numeric(5, 2) constraint item_reuse_share_in_range check (reuse_share between 0 and 100),
  add column version integer not null default 1,
  add constraint item_m57_nature_is_an_account check (m57_nature ~ '^[0-9]{0,8}$');
create index item_by_lot on item (lot_id, position);

-- Until now the unit had to look like a code: those that are one are taken over.
update item set unit_code = case unit when 'XRM' then 'RM' else unit end
where unit in ('C62', 'H87', 'EA', 'SET', 'PR', 'DZN', 'CEN', 'MIL', 'KGM', 'GRM', 'TNE', 'LTR', 'MLT', 'HLT', 'MTR',
  'KMT', 'CMT', 'MTK', 'HAR', 'MTQ', 'HUR', 'DAY', 'WEE', 'MON', 'ANN', 'KWH', 'MWH', 'E48', 'LS', 'XBG', 'XBJ', 'XBX',
  'XCT', 'XBO', 'XCA', 'XDR', 'XRO', 'XPK', 'XPX', 'XPA', 'XRM', 'XST', 'XBE', 'XBL', 'XPT', 'XTU');

-- Why a lot may hold tyres that are not retreaded (CCP L2172-6): the record that its check asks for.
create table lot_new_tyres (
  lot_id uuid constraint lot_new_tyres_pk primary key constraint lot_new_tyres_lot references lot on delete cascade,
  ground text not null constraint lot_new_tyres_ground_is_known
    check (ground in ('unsuccessful_consultation', 'emergency_vehicles')),
  reference text not null constraint lot_new_tyres_has_a_reference check (reference <> ''),
  recorded_at timestamptz not null
);
