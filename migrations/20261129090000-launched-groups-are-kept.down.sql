do $$
declare
  kept text;
begin
  foreach kept in array array['group_launch', 'group_launch_member', 'membership', 'agreement_version',
    'agreement_signature']
  loop
    execute format('drop trigger launched_group_is_not_emptied on %I', kept);
  end loop;
end $$;
drop function launched_group_is_not_emptied();
drop trigger launched_decision_is_kept on membership;
drop function launched_decision_is_kept();
create or replace function launched_membership_is_kept() returns trigger language plpgsql as $$
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
drop trigger launched_signature_is_kept on agreement_signature;
drop function launched_signature_is_kept();
drop trigger launched_agreement_is_kept on agreement_version;
drop function launched_agreement_is_kept();
drop trigger launched_coordinator_is_kept on purchasing_group;
drop function launched_coordinator_is_kept();
create or replace function launch_is_kept() returns trigger language plpgsql as $$
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
drop trigger launch_by_its_agreement on group_launch;
drop function launch_by_its_agreement();
alter table group_launch drop constraint group_launch_agreement;
alter table group_launch drop column agreement_number;
