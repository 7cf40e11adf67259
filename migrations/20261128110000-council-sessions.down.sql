drop table council_session;
