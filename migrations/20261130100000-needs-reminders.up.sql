-- What is asked once a day, whatever the number of workers.
create table job_day (
  name text not null,
  day date not null,
  constraint job_day_pk primary key (name, day)
);

-- The reminders of a census that were made, each once for a deadline: a deadline that moves begins them again.
create table need_reminder (
  consultation_id uuid not null constraint need_reminder_campaign references need_campaign,
  deadline_on date not null,
  -- Days before the deadline; -1: the day after.
  stage integer not null constraint need_reminder_stage_is_known check (stage in (15, 7, 2, 0, -1)),
  -- In Paris.
  made_on date not null,
  constraint need_reminder_pk primary key (consultation_id, deadline_on, stage)
);
