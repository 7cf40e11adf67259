-- Who might answer: for sourcing only. No table of bids, awards or documents may point here.
create table supplier (
  id uuid constraint supplier_pk primary key,
  -- Null once erased. A sole trader's SIRET and name are personal data.
  siret text constraint supplier_siret_is_unique unique
    constraint supplier_siret_has_14_digits check (siret ~ '^[0-9]{14}$'),
  name text not null constraint supplier_has_a_name check (name <> ''),
  -- The name in small letters, without accents: what is searched, and the order of the list.
  search_key text collate "C" not null,
  nationwide boolean not null default false,
  version integer not null default 1 constraint supplier_version_is_positive check (version > 0),
  created_at timestamptz not null,
  erased_at timestamptz,
  constraint supplier_has_a_siret_until_erased check ((siret is null) = (erased_at is not null))
);
create index supplier_by_name on supplier (search_key, id);

-- A CPV code without its closing zeros, from its division (2 digits) on.
create table supplier_activity (
  supplier_id uuid not null constraint supplier_activity_supplier references supplier on delete cascade,
  cpv_prefix text collate "C" not null
    constraint supplier_activity_prefix_is_short check (cpv_prefix ~ '^[0-9]{2}([0-9]{0,5}[1-9])?$'),
  cpv_code text not null generated always as (rpad(cpv_prefix, 8, '0')) stored
    constraint supplier_activity_cpv_code references cpv_code,
  constraint supplier_activity_pk primary key (supplier_id, cpv_prefix)
);
create index supplier_activity_by_prefix on supplier_activity (cpv_prefix, supplier_id);

create table supplier_commune (
  supplier_id uuid not null constraint supplier_commune_supplier references supplier on delete cascade,
  insee_code text not null
    constraint supplier_commune_insee_code_is_well_formed check (insee_code ~ '^([0-9]{2}|2[AB])[0-9]{3}$'),
  constraint supplier_commune_pk primary key (supplier_id, insee_code)
);
create index supplier_commune_by_code on supplier_commune (insee_code, supplier_id);

create table supplier_department (
  supplier_id uuid not null constraint supplier_department_supplier references supplier on delete cascade,
  department_code text not null
    constraint supplier_department_code_is_well_formed check (department_code ~ '^([0-9]{2}|2[AB]|97[1-6])$'),
  constraint supplier_department_pk primary key (supplier_id, department_code)
);
create index supplier_department_by_code on supplier_department (department_code, supplier_id);

create table supplier_status (
  supplier_id uuid not null constraint supplier_status_supplier references supplier on delete cascade,
  status text not null constraint supplier_status_is_known
    check (status in ('sme', 'ea', 'esat', 'siae', 'prison_work', 'social_economy')),
  source text not null constraint supplier_status_has_a_source check (source <> ''),
  proven_on date not null,
  -- Last day of the proof, included; null when it does not end.
  expires_on date,
  constraint supplier_status_pk primary key (supplier_id, status),
  constraint supplier_status_dates_ordered check (expires_on >= proven_on)
);

-- The sourcing log (CCP R2111-1 and -2): who was met before drafting, and what was said on both sides.
create table sourcing_contact (
  id uuid constraint sourcing_contact_pk primary key,
  consultation_id uuid not null constraint sourcing_contact_consultation references consultation,
  lot_number integer constraint sourcing_contact_lot_number_in_range check (lot_number between 1 and 999),
  supplier_id uuid not null constraint sourcing_contact_supplier references supplier,
  met_on date not null,
  subject text not null constraint sourcing_contact_has_a_subject check (subject <> ''),
  information_given text[] not null,
  documents_given text[] not null,
  information_received text not null,
  recorded_at timestamptz not null,
  recorded_by uuid,
  -- The line that this one replaces, and why. Struck out: it says that the line replaced should not have been.
  corrects_id uuid constraint sourcing_contact_is_corrected_once unique,
  reason text,
  struck_out boolean not null default false,
  constraint sourcing_contact_of_its_consultation unique (id, consultation_id),
  constraint sourcing_contact_corrects foreign key (corrects_id, consultation_id)
    references sourcing_contact (id, consultation_id),
  constraint sourcing_contact_correction_has_a_reason check ((corrects_id is null) = (reason is null)),
  constraint sourcing_contact_strikes_a_line check (not struck_out or corrects_id is not null)
);
create index sourcing_contact_by_consultation on sourcing_contact (consultation_id, id);
create index sourcing_contact_by_supplier on sourcing_contact (supplier_id);

-- What was written stays: a mistake is corrected by another line.
create function sourcing_contact_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'sourcing_contact: a line is corrected by another one, never changed nor removed';
end $$;
create trigger sourcing_contact_refuse_change before update or delete on sourcing_contact
  for each row execute function sourcing_contact_refuse();
create trigger sourcing_contact_refuse_truncate before truncate on sourcing_contact
  for each statement execute function sourcing_contact_refuse();
