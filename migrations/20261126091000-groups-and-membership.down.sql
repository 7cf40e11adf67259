drop table renunciation;
drop table group_launch_member;
drop table group_launch;
drop table agreement_signature;
drop table agreement_version;

-- Before, a buyer had joined or not. Those who withdrew do not join; those who had not answered had no row.
alter table membership
  drop constraint membership_began,
  drop constraint membership_is_not_joined_and_declined,
  drop constraint membership_withdraws_once_joined,
  drop constraint membership_declines_for_a_reason,
  drop constraint membership_withdraws_for_a_reason,
  drop constraint membership_is_sent_once_decided,
  drop constraint membership_is_enforceable_once_decided,
  drop constraint membership_decision_has_a_date;
update membership set declined_at = withdrawn_at, joined_at = null where withdrawn_at is not null;
delete from membership where joined_at is null and declined_at is null;
alter table membership
  drop column invited_at,
  drop column interested_at,
  drop column decline_reason,
  drop column withdrawn_at,
  drop column withdrawal_reason,
  drop column decision_kind,
  drop column sent_to_prefecture_on,
  drop column enforceable_on,
  drop column version,
  add constraint membership_is_joined_or_declined check ((joined_at is null) <> (declined_at is null));

alter table purchasing_group
  drop constraint purchasing_group_ends_after_it_starts,
  drop column kind,
  drop column object,
  drop column families,
  drop column starts_on,
  drop column ends_on,
  drop column members_see_each_other,
  drop column version;
