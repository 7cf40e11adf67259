create table buyer (
  id uuid constraint buyer_pk primary key,
  siret text not null constraint buyer_siret_is_unique unique
    constraint buyer_siret_has_14_digits check (siret ~ '^[0-9]{14}$'),
  insee_code text constraint buyer_insee_code_is_well_formed check (insee_code ~ '^[0-9][0-9AB][0-9]{3}$'),
  name text not null constraint buyer_has_a_name check (name <> ''),
  created_at timestamptz not null default now()
);

-- Groupement de commandes (CCP L2113-6 to L2113-8).
create table purchasing_group (
  id uuid constraint purchasing_group_pk primary key,
  coordinator_id uuid not null constraint purchasing_group_coordinator references buyer,
  title text not null constraint purchasing_group_has_a_title check (title <> ''),
  created_at timestamptz not null default now(),
  constraint purchasing_group_title_is_unique unique (coordinator_id, title)
);

-- A buyer was invited; it joined, or recorded that it does not join. Nobody joins by silence.
create table membership (
  group_id uuid not null constraint membership_group references purchasing_group,
  buyer_id uuid not null constraint membership_buyer references buyer,
  joined_at timestamptz,
  declined_at timestamptz,
  -- The figure that the agreement retains for sharing costs, and where it was read.
  municipal_population integer constraint membership_population_is_positive check (municipal_population >= 0),
  population_source text,
  resolution_on date,
  resolution_number text,
  constraint membership_pk primary key (group_id, buyer_id),
  constraint membership_is_joined_or_declined check ((joined_at is null) <> (declined_at is null)),
  constraint membership_population_has_a_source check ((municipal_population is null) = (population_source is null))
);
