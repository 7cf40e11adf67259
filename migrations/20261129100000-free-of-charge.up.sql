-- What an EPCI that coordinates a group says, so that its purchases for its communes may be judged (CGCT L5211-4-4).
-- Null, or no row: not told yet. Amounts are € excl. VAT, asked of all the members together.
create table group_free_of_charge (
  group_id uuid constraint group_free_of_charge_pk primary key
    constraint group_free_of_charge_group references purchasing_group,
  statutes_provide boolean,
  -- For the time of its own agents.
  agent_time_shared numeric(12, 2)
    constraint group_free_of_charge_agent_time_is_positive check (agent_time_shared >= 0),
  -- For what it pays to others: advertising, legal advice.
  disbursements_shared numeric(12, 2)
    constraint group_free_of_charge_disbursements_are_positive check (disbursements_shared >= 0),
  version integer not null constraint group_free_of_charge_version_is_positive check (version > 0)
);
