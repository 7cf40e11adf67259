drop table mail_attachment;
drop table mail;
