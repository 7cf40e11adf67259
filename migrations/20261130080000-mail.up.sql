-- Mails that are written, in the transaction of what they tell. What became of one is dated: sent, failed, come back, or
-- kept because no mail server was configured; without a date yet, it waits for the worker. Group and consultation are no
-- foreign keys: what was told to somebody stays told when its subject goes.
create table mail (
  id uuid constraint mail_pk primary key,
  kind text not null constraint mail_has_a_kind check (kind <> ''),
  -- The same key is written once: a reminder of one campaign to one person.
  dedupe_key text constraint mail_is_written_once unique,
  person_id uuid constraint mail_person references person on delete set null,
  to_address text constraint mail_has_an_address check (to_address ~ '^[^\s@<>,;]+@[^\s@<>,;]+$'),
  -- The buyers that it is about.
  buyer_ids uuid[] not null default '{}',
  group_id uuid,
  consultation_id uuid,
  subject text,
  body text,
  -- Header Message-ID, with its angle brackets: a notice of non-delivery quotes it.
  message_id text not null constraint mail_message_id_is_unique unique,
  written_at timestamptz not null,
  kept_at timestamptz,
  sent_at timestamptz,
  failed_at timestamptz,
  bounced_at timestamptz,
  -- French words and codes of the server; no address.
  failure text,
  -- Its person was erased: the dates stay, and name nobody.
  erased_at timestamptz,
  constraint mail_erased_says_nothing check (
    case when erased_at is null then num_nulls(to_address, subject, body) = 0
    else num_nonnulls(to_address, subject, body, person_id, dedupe_key) = 0 end),
  constraint mail_failure_has_its_reason check (
    (failure is null) = (failed_at is null and bounced_at is null)),
  constraint mail_sent_did_not_fail check (sent_at is null or failed_at is null),
  constraint mail_sent_is_not_kept check (kept_at is null or (sent_at is null and failed_at is null))
);
create index mail_by_consultation on mail (consultation_id, id) where consultation_id is not null;
create index mail_by_address on mail (lower(to_address));
create index mail_by_person on mail (person_id) where person_id is not null;
create index mail_kept on mail (id) where kept_at is not null;
create index mail_gone_wrong on mail (id) where failure is not null;

create table mail_attachment (
  mail_id uuid not null constraint mail_attachment_mail references mail on delete cascade,
  position integer not null constraint mail_attachment_position_from_1 check (position >= 1),
  file_name text not null constraint mail_attachment_has_a_file_name check (file_name <> ''),
  -- With its parameters, such as the method of a calendar, which the stored file does not say.
  media_type text not null,
  sha256 text not null constraint mail_attachment_content references stored_file,
  constraint mail_attachment_pk primary key (mail_id, position)
);
create index mail_attachment_by_content on mail_attachment (sha256);
