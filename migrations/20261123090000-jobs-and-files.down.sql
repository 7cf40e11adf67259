drop table stored_file;
drop table job_request;
