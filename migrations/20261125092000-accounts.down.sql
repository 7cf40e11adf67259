drop table user_session;
drop table signing_key;
drop table reading_link;
drop table api_token;
drop table one_time_link;
drop table role_grant;
drop table person;
