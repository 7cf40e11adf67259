drop trigger launched_membership_is_kept on membership;
drop function launched_membership_is_kept();
drop trigger launch_members_are_kept on group_launch_member;
drop function launch_members_are_kept();
drop trigger launch_is_kept on group_launch;
drop function launch_is_kept();
drop trigger consultation_is_frozen_for_removal on need_line;
drop trigger consultation_is_frozen_for_change on need_line;
do $$
declare
  content text;
begin
  foreach content in array array['consultation', 'lot', 'item', 'lot_participation', 'consultation_terms', 'lot_terms', 'procedure_choice',
    'procedure_small_lot', 'lot_delivery_site', 'lot_limits', 'lot_member_limit', 'lot_criteria', 'lot_criterion', 'lot_new_tyres',
    'lot_protection', 'lot_lever', 'need_line']
  loop
    execute format('drop trigger consultation_is_frozen on %I', content);
    execute format('drop trigger consultation_is_frozen_from_truncate on %I', content);
  end loop;
end $$;
drop function frozen_from_truncate();
drop function frozen_consultation();
drop function frozen_with_both_consultations();
drop function frozen_as_a_whole();
drop function frozen_with_its_lot();
drop function frozen_with_its_consultation();
drop function refuse_when_launched(uuid[], text);
drop table publication;
drop function publication_refuse();
