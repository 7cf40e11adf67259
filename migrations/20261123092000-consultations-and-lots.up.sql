create table consultation (
  id uuid constraint consultation_pk primary key,
  group_id uuid not null constraint consultation_group references purchasing_group,
  title text not null constraint consultation_has_a_title check (title <> ''),
  firm_years integer not null constraint consultation_firm_years_in_range check (firm_years between 1 and 30),
  renewals integer not null constraint consultation_renewals_in_range check (renewals between 0 and 30),
  created_at timestamptz not null default now(),
  constraint consultation_title_is_unique unique (group_id, title)
);

-- Common procurement vocabulary, Regulation (EC) 213/2008.
create table cpv_code (
  code text constraint cpv_code_pk primary key constraint cpv_code_has_8_digits check (code ~ '^[0-9]{8}$'),
  label text not null
);

create table lot (
  id uuid constraint lot_pk primary key,
  consultation_id uuid not null constraint lot_consultation references consultation,
  number integer not null constraint lot_number_in_range check (number between 1 and 999),
  title text not null constraint lot_has_a_title check (title <> ''),
  cpv_code text not null constraint lot_cpv_code references cpv_code,
  family text not null constraint lot_family_is_known check (family in ('fournitures', 'services', 'travaux')),
  contract_form text not null constraint lot_contract_form_is_known
    check (contract_form in ('bons_de_commande', 'marches_subsequents', 'mixte', 'ordinaire')),
  constraint lot_number_is_unique unique (consultation_id, number),
  constraint lot_belongs_to_its_consultation unique (id, consultation_id)
);

create table item (
  id uuid constraint item_pk primary key,
  consultation_id uuid not null,
  lot_id uuid not null,
  position integer not null,
  code text not null constraint item_has_a_code check (code <> ''),
  designation text not null constraint item_has_a_designation check (designation <> ''),
  unit text not null constraint item_has_a_unit check (unit <> ''),
  packaging text not null,
  unit_price numeric(14, 4) not null constraint item_unit_price_is_positive check (unit_price >= 0),
  vat_rate numeric(5, 2) not null constraint item_vat_rate_in_range check (vat_rate between 0 and 100),
  m57_nature text not null,
  constraint item_lot foreign key (lot_id, consultation_id) references lot (id, consultation_id)
    deferrable initially immediate,
  constraint item_code_is_unique unique (consultation_id, code),
  constraint item_belongs_to_its_lot unique (id, lot_id)
);

-- Bulletin d'adhésion: a member joins lot by lot, à la carte.
create table lot_participation (
  consultation_id uuid not null,
  lot_id uuid not null,
  buyer_id uuid not null constraint lot_participation_buyer references buyer,
  form_signed_on date,
  constraint lot_participation_pk primary key (lot_id, buyer_id),
  constraint lot_participation_lot foreign key (lot_id, consultation_id) references lot (id, consultation_id)
    deferrable initially immediate
);
create index lot_participation_by_consultation on lot_participation (consultation_id, buyer_id);
