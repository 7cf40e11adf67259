-- What the consultation's rules say of bidders on several lots (CCP R2113-1).
create table consultation_terms (
  consultation_id uuid constraint consultation_terms_pk primary key
    constraint consultation_terms_consultation references consultation on delete cascade,
  max_lots_bid integer constraint consultation_terms_bid_cap_in_range check (max_lots_bid between 1 and 999),
  max_lots_awarded integer constraint consultation_terms_award_cap_in_range check (max_lots_awarded between 1 and 999),
  tie_rule text constraint consultation_terms_tie_rule_says_something check (tie_rule <> ''),
  -- Real operating spending of the largest buyer two years before, in euros: above 60 M€, SMEs have better rates.
  operating_spending numeric(14, 2) constraint consultation_terms_spending_is_positive check (operating_spending >= 0),
  version integer not null constraint consultation_terms_version_is_positive check (version > 0),
  constraint consultation_terms_caps_ordered check (max_lots_awarded <= max_lots_bid),
  constraint consultation_terms_cap_has_a_tie_rule check (max_lots_awarded is null or tie_rule is not null)
);

create function total_of(amounts numeric[]) returns numeric
  language sql immutable parallel safe
  return (select coalesce(sum(amount), 0) from unnest(amounts) as given (amount));

-- Amounts in euros excluding VAT over the whole life of the contract; rates in percent. A lot's terms have no life of
-- their own: they go with it.
create table lot_terms (
  lot_id uuid constraint lot_terms_pk primary key,
  consultation_id uuid not null,
  maximum numeric(12, 2) constraint lot_terms_maximum_is_positive check (maximum > 0),
  minimum numeric(12, 2) constraint lot_terms_minimum_is_positive check (minimum > 0),
  holders text not null constraint lot_terms_holders_is_known check (holders in ('single', 'several')),
  holder_count integer constraint lot_terms_holder_count_in_range check (holder_count between 2 and 99),
  order_sharing text constraint lot_terms_order_sharing_is_known
    check (order_sharing in ('cascade', 'rotation', 'percentages', 'price_per_order')),
  cascade_delay_hours integer constraint lot_terms_cascade_delay_in_range check (cascade_delay_hours between 1 and 720),
  order_shares numeric(5, 2)[] not null,
  order_sharing_note text,
  variants text constraint lot_terms_variants_is_known check (variants in ('forbidden', 'allowed', 'required')),
  vat_basis text not null constraint lot_terms_vat_basis_is_known check (vat_basis in ('net', 'gross')),
  advance_rate numeric(5, 2) constraint lot_terms_advance_rate_in_range check (advance_rate between 0 and 100),
  advance_rate_sme numeric(5, 2)
    constraint lot_terms_advance_rate_sme_in_range check (advance_rate_sme between 0 and 100),
  advance_basis text constraint lot_terms_advance_basis_is_known
    check (advance_basis in ('contract', 'minimum', 'per_order')),
  retention_rate numeric(5, 2) constraint lot_terms_retention_rate_in_range check (retention_rate between 0 and 100),
  retention_rate_sme numeric(5, 2)
    constraint lot_terms_retention_rate_sme_in_range check (retention_rate_sme between 0 and 100),
  penalties text,
  price_kind text constraint lot_terms_price_kind_is_known check (price_kind in ('fixed', 'revisable', 'adjustable')),
  price_formula text,
  environmental_clause text,
  social_clause text,
  social_exemption_ground text constraint lot_terms_social_exemption_ground_is_known
    check (social_exemption_ground in ('immediate_solution', 'no_link', 'competition', 'short_works')),
  social_exemption text,
  version integer not null constraint lot_terms_version_is_positive check (version > 0),
  constraint lot_terms_lot foreign key (lot_id, consultation_id) references lot (id, consultation_id)
    on delete cascade deferrable initially immediate,
  constraint lot_terms_amounts_ordered check (minimum <= maximum),
  constraint lot_terms_orders_are_shared_by_several check (
    holders = 'several'
    or (holder_count is null and order_sharing is null and cascade_delay_hours is null and order_shares = '{}')),
  constraint lot_terms_cascade_has_a_delay check (
    (order_sharing is not distinct from 'cascade') = (cascade_delay_hours is not null)),
  constraint lot_terms_shares_make_100 check (
    case when order_sharing = 'percentages' then total_of(order_shares) = 100 and 0 < all (order_shares)
      else order_shares = '{}' end),
  constraint lot_terms_social_exemption_has_a_motive
    check ((social_exemption_ground is null) = (social_exemption is null))
);
create index lot_terms_by_consultation on lot_terms (consultation_id);

-- The limits of each member in a lot, as one thing that people edit: its version.
create table lot_limits (
  lot_id uuid constraint lot_limits_pk primary key
    constraint lot_limits_lot references lot on delete cascade deferrable initially immediate,
  version integer not null constraint lot_limits_version_is_positive check (version > 0)
);

-- Only members of the lot have limits in it: a bulletin withdrawn takes them away.
create table lot_member_limit (
  lot_id uuid not null,
  buyer_id uuid not null,
  minimum numeric(12, 2) constraint lot_member_limit_minimum_is_positive check (minimum >= 0),
  maximum numeric(12, 2) constraint lot_member_limit_maximum_is_positive check (maximum >= 0),
  constraint lot_member_limit_pk primary key (lot_id, buyer_id),
  constraint lot_member_limit_limits foreign key (lot_id) references lot_limits
    on delete cascade deferrable initially immediate,
  constraint lot_member_limit_participation foreign key (lot_id, buyer_id)
    references lot_participation (lot_id, buyer_id) on delete cascade deferrable initially immediate,
  constraint lot_member_limit_amounts_ordered check (minimum <= maximum),
  constraint lot_member_limit_says_something check (minimum is not null or maximum is not null)
);

-- The grid of award criteria of a lot, as one thing that people edit: its version.
create table lot_criteria (
  lot_id uuid constraint lot_criteria_pk primary key
    constraint lot_criteria_lot references lot on delete cascade deferrable initially immediate,
  version integer not null constraint lot_criteria_version_is_positive check (version > 0)
);

create table lot_criterion (
  id uuid constraint lot_criterion_pk primary key,
  lot_id uuid not null constraint lot_criterion_criteria references lot_criteria
    on delete cascade deferrable initially immediate,
  position integer not null constraint lot_criterion_position_in_range check (position between 1 and 20),
  label text not null constraint lot_criterion_has_a_label check (label <> ''),
  weight numeric(5, 2) not null constraint lot_criterion_weight_in_range check (weight > 0 and weight <= 100),
  environmental boolean not null,
  method text,
  -- Why words that speak of a place are linked to the object or its execution; who entered it, and when.
  place_motive text,
  place_motive_by uuid constraint lot_criterion_place_motive_by references person,
  place_motive_at timestamptz,
  constraint lot_criterion_position_is_unique unique (lot_id, position) deferrable initially immediate,
  constraint lot_criterion_label_is_unique unique (lot_id, label) deferrable initially immediate,
  constraint lot_criterion_place_motive_is_signed check (
    (place_motive is null) = (place_motive_by is null) and (place_motive is null) = (place_motive_at is null))
);

-- What spans several rows is verified when the transaction ends.
create function lot_criterion_weights_make_100() returns trigger language plpgsql as $$
declare
  lot uuid := coalesce(new.lot_id, old.lot_id);
begin
  if exists (select from lot_criterion where lot_id = lot having sum(weight) <> 100) then
    raise exception 'the weights of the criteria of lot % do not make 100', lot
      using errcode = 'check_violation', constraint = 'lot_criterion_weights_make_100';
  end if;
  return null;
end $$;
create constraint trigger lot_criterion_weights_make_100 after insert or update or delete on lot_criterion
  deferrable initially deferred for each row execute function lot_criterion_weights_make_100();

create function lot_member_limits_fit_the_lot() returns trigger language plpgsql as $$
declare
  lot uuid := coalesce(new.lot_id, old.lot_id);
begin
  if exists (
    select from lot_member_limit l left join lot_terms t on t.lot_id = l.lot_id where l.lot_id = lot
    group by t.maximum, t.minimum
    having t.maximum is null or coalesce(sum(l.maximum), 0) > t.maximum or coalesce(sum(l.minimum), 0) > t.maximum
      or coalesce(sum(l.minimum), 0) > t.minimum) then
    raise exception 'the limits of the members of lot % do not fit it', lot
      using errcode = 'check_violation', constraint = 'lot_member_limits_fit_the_lot';
  end if;
  return null;
end $$;
create constraint trigger lot_member_limits_fit_the_lot after insert or update on lot_member_limit
  deferrable initially deferred for each row execute function lot_member_limits_fit_the_lot();
create constraint trigger lot_terms_hold_the_member_limits after insert or update or delete on lot_terms
  deferrable initially deferred for each row execute function lot_member_limits_fit_the_lot();
