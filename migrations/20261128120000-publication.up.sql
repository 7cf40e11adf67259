-- What was published, kept as it was: the text whose hash it is. Written once, by the control before publication.
create table publication (
  consultation_id uuid constraint publication_pk primary key
    constraint publication_launch references group_launch,
  published_at timestamptz not null,
  -- Null: published by a program.
  published_by uuid constraint publication_published_by references person,
  -- The day whose law applied, in Paris (CCP R2121-3).
  law_on date not null,
  -- JSON with sorted keys: the members, what they buy and how, the law of the day.
  snapshot text not null constraint publication_snapshot_is_an_object check (jsonb_typeof(snapshot::jsonb) = 'object'),
  sha256 text not null constraint publication_sha256_is_that_of_the_snapshot
    check (sha256 = encode(sha256(convert_to(snapshot, 'UTF8')), 'hex'))
);

create function publication_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'a publication is append-only: % refused', lower(tg_op)
    using errcode = 'restrict_violation', constraint = 'publication_is_append_only', table = 'publication';
end $$;
create trigger publication_is_append_only before update or delete or truncate on publication
  for each statement execute function publication_refuse();
alter table publication enable always trigger publication_is_append_only;

-- The content of a launched consultation changes no more, whoever asks. The consultation is held in share until the end of
-- the transaction: a launch waits for what was written before it, and what comes after the launch sees it.
create function refuse_when_launched(touched uuid[], content text) returns void language plpgsql as $$
declare
  launched uuid;
begin
  perform id from public.consultation where id = any (touched) order by id for share;
  select id into launched from public.consultation where id = any (touched) and launched_at is not null limit 1;
  if found then
    raise exception 'consultation % is launched: % changes no more', launched, content
      using errcode = 'restrict_violation', constraint = 'consultation_is_frozen', table = content;
  end if;
end $$;

-- What says its consultation; what says its lot, which goes with it; the needs, by the thousand; the consultation itself.
create function frozen_with_its_consultation() returns trigger language plpgsql as $$
begin
  perform public.refuse_when_launched(array[old.consultation_id, new.consultation_id], tg_table_name);
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;

create function frozen_with_its_lot() returns trigger language plpgsql as $$
begin
  perform public.refuse_when_launched(
    array(select consultation_id from public.lot where id in (old.lot_id, new.lot_id)), tg_table_name);
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;

create function frozen_as_a_whole() returns trigger language plpgsql as $$
begin
  perform public.refuse_when_launched(array(select distinct consultation_id from changed), tg_table_name);
  return null;
end $$;

create function frozen_with_both_consultations() returns trigger language plpgsql as $$
begin
  perform public.refuse_when_launched(
    array(select consultation_id from changed union select consultation_id from was), tg_table_name);
  return null;
end $$;

-- Launched, a consultation may only be declared « sans suite », once (CCP R2185-1).
create function frozen_consultation() returns trigger language plpgsql as $$
declare
  after_launch constant text[] := array['cancelled_at', 'cancellation_reason', 'version'];
begin
  if old.launched_at is not null and (tg_op = 'DELETE'
    or to_jsonb(new) - after_launch is distinct from to_jsonb(old) - after_launch
    or old.cancelled_at is not null and (new.cancelled_at, new.cancellation_reason)
      is distinct from (old.cancelled_at, old.cancellation_reason))
  then
    raise exception 'consultation % is launched: it changes no more', old.id
      using errcode = 'restrict_violation', constraint = 'consultation_is_frozen', table = 'consultation';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;

create function frozen_from_truncate() returns trigger language plpgsql as $$
begin
  perform public.refuse_when_launched(array(select id from public.consultation), tg_table_name);
  return null;
end $$;

create trigger consultation_is_frozen before update or delete on consultation
  for each row execute function frozen_consultation();
alter table consultation enable always trigger consultation_is_frozen;

do $$
declare
  content text;
begin
  foreach content in array array['lot', 'item', 'lot_participation', 'consultation_terms', 'lot_terms', 'procedure_choice',
    'procedure_small_lot', 'lot_delivery_site']
  loop
    execute format('create trigger consultation_is_frozen before insert or update or delete on %I
      for each row execute function frozen_with_its_consultation()', content);
  end loop;
  foreach content in array array['lot_limits', 'lot_member_limit', 'lot_criteria', 'lot_criterion', 'lot_new_tyres',
    'lot_protection', 'lot_lever']
  loop
    execute format('create trigger consultation_is_frozen before insert or update or delete on %I
      for each row execute function frozen_with_its_lot()', content);
  end loop;
  foreach content in array array['lot', 'item', 'lot_participation', 'consultation_terms', 'lot_terms', 'procedure_choice',
    'procedure_small_lot', 'lot_delivery_site',
    'lot_limits', 'lot_member_limit', 'lot_criteria', 'lot_criterion', 'lot_new_tyres', 'lot_protection', 'lot_lever']
  loop
    execute format('alter table %I enable always trigger consultation_is_frozen', content);
  end loop;
  foreach content in array array['consultation', 'lot', 'item', 'lot_participation', 'consultation_terms', 'lot_terms', 'procedure_choice',
    'procedure_small_lot', 'lot_delivery_site', 'lot_limits', 'lot_member_limit', 'lot_criteria', 'lot_criterion', 'lot_new_tyres',
    'lot_protection', 'lot_lever', 'need_line']
  loop
    execute format('create trigger consultation_is_frozen_from_truncate before truncate on %I
      for each statement execute function frozen_from_truncate()', content);
    execute format('alter table %I enable always trigger consultation_is_frozen_from_truncate', content);
  end loop;
end $$;

-- Once a statement, however many needs it writes.
create trigger consultation_is_frozen after insert on need_line referencing new table as changed
  for each statement execute function frozen_as_a_whole();
create trigger consultation_is_frozen_for_change after update on need_line
  referencing old table as was new table as changed
  for each statement execute function frozen_with_both_consultations();
create trigger consultation_is_frozen_for_removal after delete on need_line referencing old table as changed
  for each statement execute function frozen_as_a_whole();
alter table need_line enable always trigger consultation_is_frozen;
alter table need_line enable always trigger consultation_is_frozen_for_change;
alter table need_line enable always trigger consultation_is_frozen_for_removal;

-- With whom it was launched: a launch may end, once; its members stay, and a publication has no other.
create function launch_is_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (new.consultation_id, new.group_id, new.launched_at)
      is distinct from (old.consultation_id, old.group_id, old.launched_at)
    or old.ended_at is not null and new.ended_at is distinct from old.ended_at
  then
    raise exception 'the launch of consultation % is kept', old.consultation_id
      using errcode = 'restrict_violation', constraint = 'launch_is_kept', table = 'group_launch';
  end if;
  return new;
end $$;
create trigger launch_is_kept before update or delete on group_launch for each row execute function launch_is_kept();
alter table group_launch enable always trigger launch_is_kept;

create function launch_members_are_kept() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT'
    or exists (select from public.publication where consultation_id = new.consultation_id)
  then
    raise exception 'the members of a launch are kept: % refused', lower(tg_op)
      using errcode = 'restrict_violation', constraint = 'launch_members_are_kept', table = 'group_launch_member';
  end if;
  return new;
end $$;
create trigger launch_members_are_kept before insert or update or delete on group_launch_member
  for each row execute function launch_members_are_kept();
alter table group_launch_member enable always trigger launch_members_are_kept;

-- A member of a launch may withdraw once it is over, or renounce: where it stood does not vanish.
create function launched_membership_is_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (new.group_id, new.buyer_id) = (old.group_id, old.buyer_id) then return new; end if;
  if exists (
    select from public.group_launch l join public.group_launch_member m using (consultation_id)
    where l.group_id = old.group_id and m.buyer_id = old.buyer_id)
  then
    raise exception 'buyer % is of a launch of group %', old.buyer_id, old.group_id
      using errcode = 'restrict_violation', constraint = 'launched_membership_is_kept', table = 'membership';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;
create trigger launched_membership_is_kept before update or delete on membership
  for each row execute function launched_membership_is_kept();
alter table membership enable always trigger launched_membership_is_kept;
