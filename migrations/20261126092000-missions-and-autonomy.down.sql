drop table kept_outside;
drop table group_committee;
drop table group_mission;
drop table group_conduct;
