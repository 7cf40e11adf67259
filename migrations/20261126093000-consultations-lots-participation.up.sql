-- The state of a consultation is derived from its two dates; neither is ever taken back.
alter table consultation
  add column object text constraint consultation_object_is_not_empty check (object <> ''),
  add column families text[] not null default '{}'
    constraint consultation_families_are_named check (array_position(families, '') is null),
  add column planned_launch_on date,
  add column launched_at timestamptz,
  add column cancelled_at timestamptz,
  add column cancellation_reason text
    constraint consultation_cancellation_reason_is_not_empty check (cancellation_reason <> ''),
  -- Beyond the years of a framework agreement (CCP L2125-1).
  add column duration_motive text
    constraint consultation_duration_motive_is_not_empty check (duration_motive <> ''),
  -- Why there is one lot only (CCP L2113-10 and L2113-11).
  add column no_split_ground text constraint consultation_no_split_ground_is_known
    check (no_split_ground in ('no_distinct_services', 'coordination', 'competition', 'technical', 'cost')),
  add column no_split_motive text
    constraint consultation_no_split_motive_is_not_empty check (no_split_motive <> ''),
  add column copied_from_id uuid constraint consultation_copied_from references consultation,
  add column version integer not null default 1,
  add constraint consultation_cancellation_has_its_reason
    check ((cancelled_at is null) = (cancellation_reason is null)),
  add constraint consultation_no_split_motive_has_its_ground
    check (no_split_motive is null or no_split_ground is not null);
create index consultation_by_group on consultation (group_id, id);

-- Lots exchange their numbers in one statement: the constraint waits for its end.
alter table lot
  drop constraint lot_number_is_unique,
  add constraint lot_number_is_unique unique (consultation_id, number) deferrable initially immediate,
  add column purchase_family text constraint lot_purchase_family_is_not_empty check (purchase_family <> ''),
  -- A lot may be open to the members of one pôle de proximité only.
  add column reserved_cluster_id uuid constraint lot_reserved_cluster references cluster,
  add column version integer not null default 1;

-- What the bulletin d'adhésion says of who signed it, and who typed it in. Null for those read from files.
alter table lot_participation
  add column signatory_name text
    constraint lot_participation_signatory_name_is_not_empty check (signatory_name <> ''),
  add column signatory_capacity text
    constraint lot_participation_signatory_capacity_is_not_empty check (signatory_capacity <> ''),
  add column joined_by uuid constraint lot_participation_joined_by references person,
  add column joined_at timestamptz,
  add constraint lot_participation_signatory_has_a_capacity
    check ((signatory_name is null) = (signatory_capacity is null));

-- Labels as they are searched: accents and ligatures forgiven. The twin of searchWords in src/lots/cpv.rules.ts.
create function cpv_search_text(label text) returns text language sql immutable parallel safe
return lower(translate(
  replace(replace(replace(replace(label, 'œ', 'oe'), 'Œ', 'OE'), 'æ', 'ae'), 'Æ', 'AE'),
  'àâäáçèéêëîïìíôöòóùûüúÿñÀÂÄÁÇÈÉÊËÎÏÌÍÔÖÒÓÙÛÜÚŸÑ',
  'aaaaceeeeiiiioooouuuuynAAAACEEEEIIIIOOOOUUUUYN'));
alter table cpv_code add column search_text text generated always as (cpv_search_text(label)) stored;
