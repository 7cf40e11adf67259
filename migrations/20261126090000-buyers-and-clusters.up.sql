-- What a name is looked up by: « saint ouen », « St Ouen » and « Saint-Ouën » are the same words. src/buyers/search-key.rules.ts
-- computes the same key; a test holds the two together.
create function search_key(name text) returns text language sql immutable strict parallel safe
return btrim(
  regexp_replace(
    regexp_replace(
      regexp_replace(
        lower(
          replace(replace(replace(replace(
            regexp_replace(normalize(name, NFD), U&'[\0300-\036F]', '', 'g'),
            'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae') collate "C"),
        '[^a-z0-9]+', ' ', 'g'),
      '\mste\M', 'sainte', 'g'),
    '\mst\M', 'saint', 'g'));

-- The national reference gives the SIREN of a commune, and no SIRET: a buyer may be known by its SIREN alone until someone
-- types the SIRET of its head office. One or the other is told, so that they cannot disagree.
alter table buyer
  alter column siret drop not null,
  add column siren_alone text constraint buyer_siren_alone_is_unique unique
    constraint buyer_siren_has_9_digits check (siren_alone ~ '^[0-9]{9}$'),
  add column siren text not null generated always as (coalesce(left(siret, 9), siren_alone)) stored,
  add constraint buyer_has_a_siret_or_a_siren check (num_nonnulls(siret, siren_alone) = 1),
  add constraint buyer_siren_is_its_own unique (id, siren),
  -- 'other': another kind, or one that nobody has told yet.
  add column kind text not null default 'other' constraint buyer_kind_is_known
    check (kind in ('commune', 'epci', 'ccas', 'syndicat', 'eple', 'private', 'other')),
  -- A private member may join only if it applies the code to what it buys in the group (CCP L2113-6).
  add column applies_code boolean not null default false,
  add column version integer not null default 1,
  add column name_key text not null generated always as (search_key(name)) stored;

update buyer set kind = 'commune' where insee_code is not null;

alter table buyer
  add constraint buyer_commune_has_its_insee_code check (kind <> 'commune' or insee_code is not null),
  add constraint buyer_insee_code_is_of_a_commune check (insee_code is null or kind in ('commune', 'other')),
  add constraint buyer_private_applies_the_code check (kind <> 'private' or applies_code);

create index buyer_by_siren on buyer (siren);
create index buyer_by_insee_code on buyer (insee_code) where insee_code is not null;

-- The SIRET of each budget of a buyer, its head office among them where something is to be said of it.
create table buyer_establishment (
  siret text constraint buyer_establishment_pk primary key
    constraint buyer_establishment_siret_has_14_digits check (siret ~ '^[0-9]{14}$'),
  buyer_id uuid not null,
  siren text not null generated always as (left(siret, 9)) stored,
  label text not null constraint buyer_establishment_has_a_label check (label <> ''),
  -- Chorus Pro: the service that receives the bill, and whether it must bear a commitment number.
  chorus_service_code text constraint buyer_establishment_service_code_is_not_empty check (chorus_service_code <> ''),
  engagement_required boolean not null,
  constraint buyer_establishment_has_the_siren_of_its_buyer foreign key (buyer_id, siren) references buyer (id, siren)
);
create index buyer_establishment_by_buyer on buyer_establishment (buyer_id);

-- A figure counts only with what it is, of which census, since when, and where it was read.
create table buyer_population (
  buyer_id uuid not null constraint buyer_population_buyer references buyer,
  kind text not null constraint buyer_population_kind_is_known check (kind in ('municipale', 'totale')),
  value integer not null constraint buyer_population_is_not_negative check (value >= 0),
  -- The census year; null when the source does not say.
  vintage integer constraint buyer_population_vintage_is_a_year check (vintage between 1962 and 2199),
  in_force_on date,
  source text not null constraint buyer_population_has_a_source check (source <> ''),
  constraint buyer_population_is_given_once unique nulls not distinct (buyer_id, kind, vintage),
  constraint buyer_population_comes_into_force_after_its_census check (extract(year from in_force_on) > vintage)
);

-- The INSEE codes that a commune has absorbed (communes nouvelles), or had before.
create table buyer_code_history (
  buyer_id uuid not null constraint buyer_code_history_buyer references buyer,
  insee_code text not null
    constraint buyer_code_history_is_well_formed check (insee_code ~ '^[0-9][0-9AB][0-9]{3}$'),
  name text,
  source text not null,
  constraint buyer_code_history_pk primary key (buyer_id, insee_code)
);
create index buyer_code_history_by_code on buyer_code_history (insee_code);

-- Pôle de proximité: communes around a lead commune, which is one of them.
create table cluster (
  id uuid constraint cluster_pk primary key,
  name text not null constraint cluster_has_a_name check (name <> ''),
  lead_buyer_id uuid not null constraint cluster_lead references buyer,
  version integer not null default 1
);
create unique index cluster_name_is_unique on cluster (search_key(name));

create table cluster_member (
  cluster_id uuid not null constraint cluster_member_cluster references cluster,
  buyer_id uuid not null constraint cluster_member_buyer references buyer,
  constraint cluster_member_pk primary key (cluster_id, buyer_id)
);
create index cluster_member_by_buyer on cluster_member (buyer_id);
alter table cluster add constraint cluster_lead_is_a_member foreign key (id, lead_buyer_id)
  references cluster_member (cluster_id, buyer_id) deferrable initially deferred;

-- Where goods are brought: to a buyer, or to all of a cluster.
create table delivery_site (
  id uuid constraint delivery_site_pk primary key,
  buyer_id uuid constraint delivery_site_buyer references buyer,
  cluster_id uuid constraint delivery_site_cluster references cluster,
  label text not null constraint delivery_site_has_a_label check (label <> ''),
  address text not null constraint delivery_site_has_an_address check (address <> ''),
  hours text,
  constraint delivery_site_has_one_owner check (num_nonnulls(buyer_id, cluster_id) = 1),
  constraint delivery_site_label_is_unique unique nulls not distinct (buyer_id, cluster_id, label)
    deferrable initially immediate
);
create index delivery_site_by_cluster on delivery_site (cluster_id) where cluster_id is not null;
