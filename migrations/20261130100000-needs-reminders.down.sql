drop table need_reminder;
drop table job_day;
