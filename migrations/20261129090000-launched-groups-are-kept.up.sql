-- With whom, by which agreement and on which decisions it was launched: what a launch rests on changes no more, whoever
-- asks. What comes after it goes on: avenants and their signatures, withdrawals, members that come back.

-- The latest version of the agreement when it was launched, told by the database itself; null: there was none.
alter table group_launch add column agreement_number integer;
alter table group_launch disable trigger launch_is_kept;
update group_launch l set agreement_number = coalesce(
  (select (p.snapshot::jsonb #>> '{agreement,number}')::integer from publication p
   where p.consultation_id = l.consultation_id),
  (select max(v.number) from agreement_version v where v.group_id = l.group_id and v.recorded_at <= l.launched_at));
alter table group_launch enable always trigger launch_is_kept;
alter table group_launch add constraint group_launch_agreement
  foreign key (group_id, agreement_number) references agreement_version;

-- The group is held: what changes in it and what is launched follow one another.
create function launch_by_its_agreement() returns trigger language plpgsql as $$
begin
  perform id from public.purchasing_group where id = new.group_id for no key update;
  new.agreement_number := (select max(number) from public.agreement_version where group_id = new.group_id);
  return new;
end $$;
create trigger launch_by_its_agreement before insert on group_launch
  for each row execute function launch_by_its_agreement();
alter table group_launch enable always trigger launch_by_its_agreement;

create or replace function launch_is_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (new.consultation_id, new.group_id, new.launched_at, new.agreement_number)
      is distinct from (old.consultation_id, old.group_id, old.launched_at, old.agreement_number)
    or old.ended_at is not null and new.ended_at is distinct from old.ended_at
  then
    raise exception 'the launch of consultation % is kept', old.consultation_id
      using errcode = 'restrict_violation', constraint = 'launch_is_kept', table = 'group_launch';
  end if;
  return new;
end $$;

-- Who conducts the group, in what was launched.
create function launched_coordinator_is_kept() returns trigger language plpgsql as $$
begin
  if (new.id, new.coordinator_id) is distinct from (old.id, old.coordinator_id)
    and exists (select from public.group_launch where group_id = old.id)
  then
    raise exception 'group % launched a consultation: its coordinator is kept', old.id
      using errcode = 'restrict_violation', constraint = 'launched_coordinator_is_kept', table = 'purchasing_group';
  end if;
  return new;
end $$;
create trigger launched_coordinator_is_kept before update on purchasing_group
  for each row execute function launched_coordinator_is_kept();
alter table purchasing_group enable always trigger launched_coordinator_is_kept;

create function launched_agreement_is_kept() returns trigger language plpgsql as $$
begin
  perform id from public.purchasing_group where id = old.group_id for no key update;
  if exists (select from public.group_launch
             where group_id = old.group_id and agreement_number >= old.number)
    and (tg_op = 'DELETE' or new is distinct from old)
  then
    raise exception 'version % of the agreement of group % is that of a launch', old.number, old.group_id
      using errcode = 'restrict_violation', constraint = 'launched_agreement_is_kept', table = 'agreement_version';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;
create trigger launched_agreement_is_kept before update or delete on agreement_version
  for each row execute function launched_agreement_is_kept();
alter table agreement_version enable always trigger launched_agreement_is_kept;

-- Signatures of those of the launch and of its coordinator. A member that left and comes back signs again, over the
-- signature that counted before it joined anew.
create function launched_signature_is_kept() returns trigger language plpgsql as $$
begin
  perform id from public.purchasing_group where id = old.group_id for no key update;
  if (tg_op = 'DELETE' or new is distinct from old)
    and exists (
      select from public.group_launch l join public.purchasing_group g on g.id = l.group_id
      where l.group_id = old.group_id and l.agreement_number >= old.version_number
        and (old.buyer_id = g.coordinator_id
          or exists (select from public.group_launch_member m
                     where m.consultation_id = l.consultation_id and m.buyer_id = old.buyer_id)))
    and not (tg_op = 'UPDATE'
      and (new.group_id, new.version_number, new.buyer_id) = (old.group_id, old.version_number, old.buyer_id)
      and exists (select from public.membership m
                  where m.group_id = old.group_id and m.buyer_id = old.buyer_id and m.withdrawn_at is null
                    and m.joined_at > old.recorded_at and new.recorded_at >= m.joined_at))
  then
    raise exception 'the signature of version % by buyer % is that of a launch', old.version_number, old.buyer_id
      using errcode = 'restrict_violation', constraint = 'launched_signature_is_kept', table = 'agreement_signature';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;
create trigger launched_signature_is_kept before update or delete on agreement_signature
  for each row execute function launched_signature_is_kept();
alter table agreement_signature enable always trigger launched_signature_is_kept;

-- Its membership does not vanish: it ends by a withdrawal, once nothing launched binds it, which is not taken back. What
-- comes after begins anew, by an invitation.
create or replace function launched_membership_is_kept() returns trigger language plpgsql as $$
begin
  perform id from public.purchasing_group where id = old.group_id for no key update;
  if exists (
      select from public.group_launch l join public.group_launch_member m using (consultation_id)
      where l.group_id = old.group_id and m.buyer_id = old.buyer_id)
    and (tg_op = 'DELETE' or (new.group_id, new.buyer_id) is distinct from (old.group_id, old.buyer_id)
      or old.withdrawn_at is not null and new.withdrawn_at is distinct from old.withdrawn_at
        and new.joined_at is not null
      or old.withdrawn_at is null and new.withdrawn_at is not null and exists (
        select from public.group_launch l join public.group_launch_member m using (consultation_id)
        where l.group_id = old.group_id and m.buyer_id = old.buyer_id and l.ended_at is null
          and not exists (select from public.renunciation r
                          where r.consultation_id = l.consultation_id and r.buyer_id = m.buyer_id)))
  then
    raise exception 'buyer % is of a launch of group %', old.buyer_id, old.group_id
      using errcode = 'restrict_violation', constraint = 'launched_membership_is_kept', table = 'membership';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;

-- As long as it is the membership that it was launched with, when it joined and by which decision changes no more.
create function launched_decision_is_kept() returns trigger language plpgsql as $$
begin
  if (new.joined_at, new.declined_at, new.decision_kind, new.resolution_on, new.resolution_number,
      new.sent_to_prefecture_on, new.enforceable_on)
      is distinct from (old.joined_at, old.declined_at, old.decision_kind, old.resolution_on, old.resolution_number,
        old.sent_to_prefecture_on, old.enforceable_on)
    -- Invited again, after it withdrew.
    and not (old.withdrawn_at is not null and new.withdrawn_at is null and new.joined_at is null)
  then
    perform id from public.purchasing_group where id = old.group_id for no key update;
    if exists (
      select from public.group_launch l join public.group_launch_member m using (consultation_id)
      where l.group_id = old.group_id and m.buyer_id = old.buyer_id and l.launched_at >= old.joined_at)
    then
      raise exception 'the decision of buyer % is that of a launch of group %', old.buyer_id, old.group_id
        using errcode = 'restrict_violation', constraint = 'launched_decision_is_kept', table = 'membership';
    end if;
  end if;
  return new;
end $$;
create trigger launched_decision_is_kept before update on membership
  for each row execute function launched_decision_is_kept();
alter table membership enable always trigger launched_decision_is_kept;

create function launched_group_is_not_emptied() returns trigger language plpgsql as $$
begin
  if exists (select from public.group_launch) then
    raise exception 'consultations are launched: % is not emptied', tg_table_name
      using errcode = 'restrict_violation', constraint = 'launched_membership_is_kept', table = tg_table_name;
  end if;
  return null;
end $$;
do $$
declare
  kept text;
begin
  foreach kept in array array['group_launch', 'group_launch_member', 'membership', 'agreement_version',
    'agreement_signature']
  loop
    execute format('create trigger launched_group_is_not_emptied before truncate on %I
      for each statement execute function launched_group_is_not_emptied()', kept);
    execute format('alter table %I enable always trigger launched_group_is_not_emptied', kept);
  end loop;
end $$;
