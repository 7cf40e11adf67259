-- Groups of before this migration take members at any time, as the permanent ones do.
alter table purchasing_group
  add column kind text not null default 'permanent'
    constraint purchasing_group_kind_is_known check (kind in ('permanent', 'one_off')),
  add column object text constraint purchasing_group_object_is_not_empty check (object <> ''),
  -- Purchase families, as the coordinator names them.
  add column families text[] not null default '{}'
    constraint purchasing_group_families_are_named check ('' <> all (families) and array_position(families, null) is null),
  add column starts_on date,
  -- Null: until further notice.
  add column ends_on date,
  add column members_see_each_other boolean not null default true,
  add column version integer not null default 1
    constraint purchasing_group_version_is_positive check (version > 0),
  add constraint purchasing_group_ends_after_it_starts check (ends_on >= starts_on);

-- A buyer is invited, shows interest, joins by a decision of its council, or says that it does not join; a member may
-- withdraw. The dates say where it stands: src/groups/membership.rules.ts.
alter table membership
  drop constraint membership_is_joined_or_declined,
  add column invited_at timestamptz,
  add column interested_at timestamptz,
  add column decline_reason text,
  add column withdrawn_at timestamptz,
  add column withdrawal_reason text,
  add column decision_kind text
    constraint membership_decision_kind_is_known check (decision_kind in ('resolution', 'delegated')),
  add column sent_to_prefecture_on date,
  add column enforceable_on date,
  add column version integer not null default 1 constraint membership_version_is_positive check (version > 0),
  add constraint membership_began
    check (coalesce(invited_at, interested_at, joined_at, declined_at) is not null),
  add constraint membership_is_not_joined_and_declined check (joined_at is null or declined_at is null),
  add constraint membership_withdraws_once_joined check (withdrawn_at is null or joined_at is not null),
  add constraint membership_declines_for_a_reason check (decline_reason is null or declined_at is not null),
  add constraint membership_withdraws_for_a_reason check (withdrawal_reason is null or withdrawn_at is not null),
  add constraint membership_is_sent_once_decided
    check (sent_to_prefecture_on is null or resolution_on is not null and sent_to_prefecture_on >= resolution_on),
  add constraint membership_is_enforceable_once_decided
    check (enforceable_on is null or resolution_on is not null and enforceable_on >= resolution_on);
update membership set decision_kind = 'resolution' where resolution_on is not null;
alter table membership
  add constraint membership_decision_has_a_date check (decision_kind is null or resolution_on is not null);

-- Convention constitutive: 1, then its avenants.
create table agreement_version (
  group_id uuid not null constraint agreement_version_group references purchasing_group,
  number integer not null constraint agreement_version_number_is_positive check (number > 0),
  label text not null constraint agreement_version_has_a_label check (label <> ''),
  summary text not null,
  adopted_on date not null,
  recorded_at timestamptz not null,
  constraint agreement_version_pk primary key (group_id, number)
);

create table agreement_signature (
  group_id uuid not null,
  version_number integer not null,
  buyer_id uuid not null constraint agreement_signature_buyer references buyer,
  signed_on date not null,
  signatory_name text not null constraint agreement_signature_has_a_signatory check (signatory_name <> ''),
  -- « maire », « président », « première adjointe, par délégation ».
  signatory_capacity text not null constraint agreement_signature_has_a_capacity check (signatory_capacity <> ''),
  -- A member that withdrew and comes back signs again: what was recorded before it joined anew does not count.
  recorded_at timestamptz not null,
  constraint agreement_signature_pk primary key (group_id, version_number, buyer_id),
  constraint agreement_signature_version foreign key (group_id, version_number) references agreement_version
);

-- What was launched, told by the room that launches. From then on its members are those of group_launch_member.
create table group_launch (
  consultation_id uuid constraint group_launch_pk primary key
    constraint group_launch_consultation references consultation,
  group_id uuid not null constraint group_launch_group references purchasing_group,
  launched_at timestamptz not null,
  -- Dropped, or its contracts over: it binds nobody any more.
  ended_at timestamptz
);
create index group_launch_by_group on group_launch (group_id);

create table group_launch_member (
  consultation_id uuid not null constraint group_launch_member_launch references group_launch,
  buyer_id uuid not null constraint group_launch_member_buyer references buyer,
  constraint group_launch_member_pk primary key (consultation_id, buyer_id)
);

-- For a reason of general interest, a member does not follow up what was launched with it.
create table renunciation (
  consultation_id uuid not null,
  buyer_id uuid not null,
  reason text not null constraint renunciation_has_a_reason check (reason <> ''),
  resolution_on date not null,
  resolution_number text not null constraint renunciation_has_a_resolution check (resolution_number <> ''),
  renounced_at timestamptz not null,
  constraint renunciation_pk primary key (consultation_id, buyer_id),
  constraint renunciation_launch_member foreign key (consultation_id, buyer_id) references group_launch_member
);
