-- Who conducts what in a group (CCP L2113-7). Without a row here nobody chose yet: the coordinator conducts the award
-- procedure, and each member does the rest alone.
create table group_conduct (
  group_id uuid constraint group_conduct_pk primary key
    constraint group_conduct_group references purchasing_group,
  version integer not null constraint group_conduct_version_is_positive check (version > 0)
);

-- A mission held in the name of the members; a mission without a row is done by each member alone.
create table group_mission (
  group_id uuid not null constraint group_mission_conduct references group_conduct,
  mission text not null constraint group_mission_is_known
    check (mission in ('passation', 'signature', 'notification', 'execution', 'paiement')),
  buyer_id uuid not null constraint group_mission_buyer references buyer,
  constraint group_mission_pk primary key (group_id, mission, buyer_id)
);
create index group_mission_by_buyer on group_mission (buyer_id);

-- Commission d'appel d'offres (CGCT L1414-3). Without a row: the coordinator's.
create table group_committee (
  group_id uuid constraint group_committee_pk primary key
    constraint group_committee_group references purchasing_group,
  kind text not null constraint group_committee_kind_is_known check (kind in ('coordinator', 'elected')),
  casting_vote boolean not null,
  version integer not null constraint group_committee_version_is_positive check (version > 0)
);

-- What a member buys by itself, outside the group: voluntary membership is à la carte.
create table kept_outside (
  id uuid constraint kept_outside_pk primary key,
  group_id uuid not null constraint kept_outside_group references purchasing_group,
  buyer_id uuid not null constraint kept_outside_buyer references buyer,
  nature text not null constraint kept_outside_nature_is_known
    check (nature in ('fournitures', 'services', 'travaux')),
  -- The homogeneous family, as lots name it.
  family text not null constraint kept_outside_has_a_family check (btrim(family) <> ''),
  label text,
  site text,
  -- € excl. VAT a year.
  annual_amount numeric(12, 2) not null constraint kept_outside_amount_is_positive check (annual_amount >= 0),
  reason text not null constraint kept_outside_has_a_reason check (btrim(reason) <> ''),
  recorded_at timestamptz not null,
  version integer not null default 1 constraint kept_outside_version_is_positive check (version > 0),
  constraint kept_outside_names_an_item_or_a_site check (label is not null or site is not null),
  -- The last lock of supplier-words.rules.ts: nothing here may tell who the supplier is.
  constraint kept_outside_holds_no_siren check (
    concat_ws(' | ', family, label, site, reason)
      !~ '(^|[^0-9])[0-9]{3}[ .-]?[0-9]{3}[ .-]?[0-9]{3}([ .-]?[0-9]{5})?($|[^0-9])'
  )
);
create index kept_outside_by_member on kept_outside (group_id, buyer_id);
