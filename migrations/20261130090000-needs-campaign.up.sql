-- The census of needs of a consultation: its campaign, what each member types, and each version that it transmits. What
-- counts stays in need_line, written from a version that counts: a change that nobody transmitted never counts.

-- Whether what a member transmits waits for its validator: a choice of the group.
create table need_settings (
  group_id uuid constraint need_settings_pk primary key constraint need_settings_group references purchasing_group,
  validation_required boolean not null,
  version integer not null default 1
);

create table need_campaign (
  consultation_id uuid constraint need_campaign_pk primary key constraint need_campaign_consultation references consultation,
  opened_at timestamptz not null,
  -- Null: opened by a program.
  opened_by uuid constraint need_campaign_opened_by references person,
  -- To the second, in Paris time for people; the last instant at which a declaration is in time.
  deadline timestamptz not null,
  -- The choice of the group when it opened: nobody changes the rules under those who answer.
  validation_required boolean not null,
  -- From when the silent are out of their lots.
  closed_at timestamptz,
  version integer not null default 1,
  constraint need_campaign_deadline_follows_its_opening check (deadline > opened_at),
  constraint need_campaign_closes_after_its_deadline check (closed_at > deadline)
);

-- One per member and consultation, from the first thing that it types.
create table need_declaration (
  consultation_id uuid not null constraint need_declaration_campaign references need_campaign,
  buyer_id uuid not null constraint need_declaration_buyer references buyer,
  started_at timestamptz not null,
  started_by uuid constraint need_declaration_started_by references person,
  -- After the deadline only: what is being corrected, or said late, and why.
  rectification_opened_at timestamptz,
  rectification_reason text constraint need_declaration_rectification_reason_is_not_empty check (rectification_reason <> ''),
  -- Counts each change of what is typed; a version says of which it was made.
  revision integer not null default 0,
  constraint need_declaration_pk primary key (consultation_id, buyer_id),
  constraint need_declaration_rectification_has_its_reason
    check ((rectification_opened_at is null) = (rectification_reason is null))
);

-- What is typed, line by line. No row, or no estimate: nothing is said; an estimate of 0 is a zero.
create table need_entry (
  consultation_id uuid not null,
  buyer_id uuid not null,
  item_id uuid not null,
  lot_id uuid not null,
  minimum numeric(15, 3),
  estimate numeric(15, 3),
  maximum numeric(15, 3),
  delivery_site_id uuid constraint need_entry_delivery_site references delivery_site on delete set null,
  -- € HT paid last for one unit, so that what the purchase brings can be measured later.
  last_price numeric(14, 4) constraint need_entry_last_price_is_positive check (last_price >= 0),
  -- A year, bought outside the group, and why.
  kept_outside numeric(15, 3),
  kept_outside_reason text,
  note text,
  version integer not null default 1,
  updated_at timestamptz not null,
  updated_by uuid constraint need_entry_updated_by references person,
  channel text not null,
  constraint need_entry_pk primary key (consultation_id, buyer_id, item_id),
  constraint need_entry_declaration foreign key (consultation_id, buyer_id) references need_declaration,
  -- A line of a lot that the member left waits, unseen: should it join again, nothing that it typed is lost.
  constraint need_entry_item foreign key (item_id, lot_id) references item (id, lot_id) on update cascade
    deferrable initially immediate,
  constraint need_entry_quantity_is_positive
    check (coalesce(minimum, 0) >= 0 and coalesce(estimate, 0) >= 0 and coalesce(maximum, 0) >= 0 and coalesce(kept_outside, 0) >= 0),
  constraint need_entry_quantity_ordered check (
    case when estimate is null then minimum is null and maximum is null
    else coalesce(minimum, estimate) <= estimate and estimate <= coalesce(maximum, estimate) end),
  constraint need_entry_kept_outside_has_its_reason check ((kept_outside is null) = (kept_outside_reason is null)),
  constraint need_entry_kept_outside_reason_is_not_empty check (kept_outside_reason <> ''),
  constraint need_entry_note_is_not_empty check (note <> '')
);

-- What is said of a whole lot: that nothing is needed, and when the member may enter its contract.
create table need_lot_answer (
  consultation_id uuid not null,
  buyer_id uuid not null,
  lot_id uuid not null constraint need_lot_answer_lot references lot on delete cascade,
  no_need boolean not null default false,
  contract_ends_on date,
  -- Months of notice of the contract that it has.
  notice_months integer constraint need_lot_answer_notice_in_range check (notice_months between 0 and 60),
  version integer not null default 1,
  constraint need_lot_answer_pk primary key (lot_id, buyer_id),
  constraint need_lot_answer_declaration foreign key (consultation_id, buyer_id) references need_declaration
);
create index need_lot_answer_by_consultation on need_lot_answer (consultation_id, buyer_id);

-- What was bought the year before: from the consultation that this one was copied from, or from a file.
create table need_history (
  consultation_id uuid not null constraint need_history_campaign references need_campaign,
  buyer_id uuid not null constraint need_history_buyer references buyer,
  item_id uuid not null constraint need_history_item references item on delete cascade,
  quantity numeric(15, 3) not null constraint need_history_quantity_is_positive check (quantity >= 0),
  source text not null constraint need_history_source_is_known check (source in ('consultation', 'import')),
  constraint need_history_pk primary key (consultation_id, buyer_id, item_id)
);
create index need_history_by_item on need_history (item_id);

create sequence need_receipt_number;

-- Each version that was transmitted, kept as it was. Its facts come once: validated, decided, contested.
create table need_version (
  id uuid constraint need_version_pk primary key,
  consultation_id uuid not null,
  buyer_id uuid not null,
  number integer not null constraint need_version_number_is_positive check (number > 0),
  kind text not null constraint need_version_kind_is_known
    check (kind in ('transmission', 'late', 'rectification', 'consolidation')),
  revision integer not null,
  -- { lines: […], lots: […] }, JSON whose decimals are texts.
  content text not null constraint need_version_content_is_an_object check (jsonb_typeof(content::jsonb) = 'object'),
  sha256 text not null constraint need_version_sha256_is_that_of_the_content
    check (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
  receipt text not null constraint need_version_receipt_is_unique unique,
  transmitted_at timestamptz not null,
  transmitted_by uuid constraint need_version_transmitted_by references person,
  channel text not null,
  -- The mandate of a delegate that typed it, when one did.
  mandate_id uuid constraint need_version_mandate references role_grant,
  -- Of a late or corrected declaration; of a consolidation: what the member sent.
  reason text constraint need_version_reason_is_not_empty check (reason <> ''),
  validated_at timestamptz,
  validated_by uuid constraint need_version_validated_by references person,
  decided_at timestamptz,
  decided_by uuid constraint need_version_decided_by references person,
  accepted boolean,
  decision_reason text constraint need_version_decision_reason_is_not_empty check (decision_reason <> ''),
  contested_at timestamptz,
  contested_by uuid constraint need_version_contested_by references person,
  contest_reason text constraint need_version_contest_reason_is_not_empty check (contest_reason <> ''),
  constraint need_version_number_is_unique unique (consultation_id, buyer_id, number),
  constraint need_version_declaration foreign key (consultation_id, buyer_id) references need_declaration,
  constraint need_version_has_its_reason check (kind = 'transmission' or reason is not null),
  constraint need_version_decision_is_whole check ((decided_at is null) = (accepted is null)),
  constraint need_version_refusal_has_its_reason check (accepted is not false or decision_reason is not null),
  constraint need_version_contest_has_its_reason check ((contested_at is null) = (contest_reason is null))
);

-- The member of which nothing counts in a lot is out of it, and told.
create table need_exclusion (
  consultation_id uuid not null constraint need_exclusion_campaign references need_campaign,
  buyer_id uuid not null constraint need_exclusion_buyer references buyer,
  lot_id uuid not null constraint need_exclusion_lot references lot on delete cascade,
  excluded_at timestamptz not null,
  constraint need_exclusion_pk primary key (lot_id, buyer_id, excluded_at)
);
create index need_exclusion_by_consultation on need_exclusion (consultation_id, buyer_id);

create table need_comment (
  id uuid constraint need_comment_pk primary key,
  consultation_id uuid not null constraint need_comment_campaign references need_campaign,
  buyer_id uuid not null constraint need_comment_buyer references buyer,
  -- Null: of the declaration as a whole.
  item_id uuid constraint need_comment_item references item on delete set null,
  visibility text not null constraint need_comment_visibility_is_known check (visibility in ('commune', 'internal')),
  -- Null once the person is erased, or for a program.
  author_id uuid constraint need_comment_author references person,
  written_at timestamptz not null,
  text text not null constraint need_comment_is_not_empty check (text <> '')
);
create index need_comment_by_declaration on need_comment (consultation_id, buyer_id, written_at);

create function need_version_is_kept() returns trigger language plpgsql as $$
declare
  -- What comes after its transmission, each once.
  facts constant text[] := array['validated_at', 'validated_by', 'decided_at', 'decided_by', 'accepted',
    'decision_reason', 'contested_at', 'contested_by', 'contest_reason'];
begin
  if tg_op <> 'UPDATE' or to_jsonb(new) - facts is distinct from to_jsonb(old) - facts
    or old.validated_at is not null and (new.validated_at, new.validated_by) is distinct from (old.validated_at, old.validated_by)
    or old.decided_at is not null and (new.decided_at, new.decided_by, new.accepted, new.decision_reason)
      is distinct from (old.decided_at, old.decided_by, old.accepted, old.decision_reason)
    or old.contested_at is not null and (new.contested_at, new.contested_by, new.contest_reason)
      is distinct from (old.contested_at, old.contested_by, old.contest_reason)
  then
    raise exception 'a version of a declaration is kept: % refused', lower(tg_op)
      using errcode = 'restrict_violation', constraint = 'need_version_is_kept', table = 'need_version';
  end if;
  return new;
end $$;
create trigger need_version_is_kept before update or delete on need_version
  for each row execute function need_version_is_kept();
alter table need_version enable always trigger need_version_is_kept;

-- Frozen with the rest when the consultation is published: once a statement, however many lines it writes.
do $$
declare
  content text;
begin
  foreach content in array array['need_campaign', 'need_declaration', 'need_entry', 'need_lot_answer', 'need_history',
    'need_version', 'need_exclusion']
  loop
    execute format('create trigger consultation_is_frozen after insert on %I referencing new table as changed
      for each statement execute function frozen_as_a_whole()', content);
    execute format('create trigger consultation_is_frozen_for_change after update on %I
      referencing old table as was new table as changed
      for each statement execute function frozen_with_both_consultations()', content);
    execute format('create trigger consultation_is_frozen_for_removal after delete on %I referencing old table as changed
      for each statement execute function frozen_as_a_whole()', content);
    execute format('create trigger consultation_is_frozen_from_truncate before truncate on %I
      for each statement execute function frozen_from_truncate()', content);
    execute format('alter table %I enable always trigger consultation_is_frozen', content);
    execute format('alter table %I enable always trigger consultation_is_frozen_for_change', content);
    execute format('alter table %I enable always trigger consultation_is_frozen_for_removal', content);
    execute format('alter table %I enable always trigger consultation_is_frozen_from_truncate', content);
  end loop;
end $$;
