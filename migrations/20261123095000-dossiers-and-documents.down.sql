drop table document;
drop table dossier;
