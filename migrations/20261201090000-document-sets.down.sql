drop table document_set_item;
drop table document_set;
-- A final text cannot be told from a draft any more: it goes, and may be asked for again.
delete from document where finish = 'final';
alter table document
  drop constraint document_is_unique,
  add constraint document_is_unique unique (dossier_id, kind, subject, template_version),
  drop column finish;
drop table document_particular;
drop table document_particulars;
