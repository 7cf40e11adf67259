-- People. The address is what invitations and sign-in links are sent to; it goes when the person is erased.
create table person (
  id uuid constraint person_pk primary key,
  email text constraint person_email_is_unique unique
    constraint person_email_is_lower_case check (email = lower(email)),
  name text not null constraint person_has_a_name check (name <> ''),
  -- argon2id, in its own text format with its parameters; null for those who sign in by mail only.
  password_hash text,
  created_at timestamptz not null,
  closed_at timestamptz,
  erased_at timestamptz,
  version integer not null default 1,
  constraint person_erased_has_no_address check ((erased_at is null) = (email is not null)),
  constraint person_erased_has_no_password check (erased_at is null or password_hash is null),
  constraint person_erased_is_closed check (erased_at is null or closed_at is not null)
);

-- A role held by a person on a buyer, on a group, or on the installation. A mandate is a delegate's role: who gave it,
-- by which act, until when; the buyer may contest it.
create table role_grant (
  id uuid constraint role_grant_pk primary key,
  person_id uuid not null constraint role_grant_person references person,
  role text not null,
  buyer_id uuid constraint role_grant_buyer references buyer,
  group_id uuid constraint role_grant_group references purchasing_group,
  granted_by uuid constraint role_grant_granted_by references person,
  granted_at timestamptz not null,
  mandate_reference text,
  starts_on date,
  ends_on date,
  contested_at timestamptz,
  contested_by uuid constraint role_grant_contested_by references person,
  contest_reason text,
  revoked_at timestamptz,
  constraint role_grant_is_held_where_it_may_be check (
    case role
      when 'administrator' then buyer_id is null and group_id is null
      when 'procurement_officer' then num_nonnulls(buyer_id, group_id) = 1
      when 'finance_officer' then num_nonnulls(buyer_id, group_id) = 1
      when 'legal_validator' then buyer_id is null and group_id is not null
      when 'commune_secretary' then buyer_id is not null and group_id is null
      when 'commune_validator' then buyer_id is not null and group_id is null
      when 'delegate' then buyer_id is not null and group_id is null
      else false
    end),
  constraint role_grant_delegate_has_a_mandate check (
    (role = 'delegate') = (mandate_reference is not null and starts_on is not null and ends_on is not null)),
  constraint role_grant_mandate_dates_ordered check (starts_on <= ends_on),
  constraint role_grant_contest_has_its_reason check ((contested_at is null) = (contest_reason is null)),
  constraint role_grant_only_a_mandate_is_contested check (contested_at is null or role = 'delegate')
);
create unique index role_grant_is_held_once on role_grant (person_id, role, buyer_id, group_id)
  nulls not distinct where revoked_at is null and role <> 'delegate';
create index role_grant_by_buyer on role_grant (buyer_id) where revoked_at is null;
create index role_grant_by_group on role_grant (group_id) where revoked_at is null;

-- A link that works once: an invitation, a sign-in by mail, or the first administrator. Only the hash of its secret is
-- kept. Reading it changes nothing; using it does.
create table one_time_link (
  id uuid constraint one_time_link_pk primary key,
  purpose text not null constraint one_time_link_purpose_is_known
    check (purpose in ('invitation', 'sign_in', 'administrator')),
  -- Null until the mail that carries the secret is about to leave.
  secret_sha256 bytea constraint one_time_link_secret_is_unique unique,
  email text constraint one_time_link_email_is_lower_case check (email = lower(email)),
  name text,
  role text,
  buyer_id uuid constraint one_time_link_buyer references buyer,
  group_id uuid constraint one_time_link_group references purchasing_group,
  -- The group whose coordinator invites the first people of a member: it may revoke that, until the member decides.
  invited_in uuid constraint one_time_link_invited_in references purchasing_group,
  created_at timestamptz not null,
  created_by uuid constraint one_time_link_created_by references person,
  expires_at timestamptz not null,
  mailed_at timestamptz,
  used_at timestamptz,
  used_by uuid constraint one_time_link_used_by references person,
  revoked_at timestamptz,
  constraint one_time_link_expires_after_it_was_made check (expires_at > created_at),
  constraint one_time_link_has_one_end check (used_at is null or revoked_at is null)
);
create index one_time_link_by_buyer on one_time_link (buyer_id) where buyer_id is not null;
create index one_time_link_by_group on one_time_link (coalesce(group_id, invited_in))
  where coalesce(group_id, invited_in) is not null;

-- A token for scripts: it gives some of its person's rights, no more, until a date. Only the hash of its secret is kept.
create table api_token (
  id uuid constraint api_token_pk primary key,
  person_id uuid not null constraint api_token_person references person,
  label text not null constraint api_token_has_a_label check (label <> ''),
  secret_sha256 bytea not null constraint api_token_secret_is_unique unique,
  keys text[] not null constraint api_token_gives_a_right check (cardinality(keys) > 0),
  -- Narrows the rights to one group or one buyer.
  group_id uuid constraint api_token_group references purchasing_group,
  buyer_id uuid constraint api_token_buyer references buyer,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  constraint api_token_expires_after_it_was_made check (expires_at > created_at),
  constraint api_token_is_narrowed_once check (group_id is null or buyer_id is null)
);
create index api_token_by_person on api_token (person_id);

-- A signed link for elected people: it reads one group until a date, without an account.
create table reading_link (
  id uuid constraint reading_link_pk primary key,
  group_id uuid not null constraint reading_link_group references purchasing_group,
  label text not null constraint reading_link_has_a_label check (label <> ''),
  created_at timestamptz not null,
  created_by uuid constraint reading_link_created_by references person,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  constraint reading_link_expires_after_it_was_made check (expires_at > created_at)
);
create index reading_link_by_group on reading_link (group_id);

-- Signs reading links and session cookies. One row, drawn at random by the first process that needs it.
create table signing_key (
  id integer constraint signing_key_pk primary key constraint signing_key_is_alone check (id = 1),
  secret bytea not null constraint signing_key_is_long_enough check (octet_length(secret) = 32)
);

-- Sessions of people, as connect-pg-simple keeps them.
create table user_session (
  sid text constraint user_session_pk primary key,
  sess json not null,
  expire timestamp(6) not null
);
create index user_session_expire on user_session (expire);
create index user_session_by_person on user_session ((sess ->> 'personId'));
