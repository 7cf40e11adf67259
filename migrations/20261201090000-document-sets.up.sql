-- What the documents of a consultation say that no other table keeps, as one thing that people edit: its version.
create table document_particulars (
  consultation_id uuid constraint document_particulars_pk primary key
    constraint document_particulars_consultation references consultation on delete cascade,
  version integer not null constraint document_particulars_version_is_positive check (version > 0)
);

create table document_particular (
  consultation_id uuid not null constraint document_particular_particulars references document_particulars on delete cascade,
  code text not null,
  lot_id uuid,
  buyer_id uuid constraint document_particular_buyer references buyer,
  value text not null constraint document_particular_says_something check (value <> ''),
  constraint document_particular_lot foreign key (lot_id, consultation_id) references lot (id, consultation_id)
    on delete cascade deferrable initially immediate,
  constraint document_particular_is_of_one check (lot_id is null or buyer_id is null),
  constraint document_particular_is_unique unique nulls not distinct (consultation_id, code, lot_id, buyer_id)
);
create index document_particular_by_lot on document_particular (lot_id);

do $$
declare
  content text;
begin
  foreach content in array array['document_particulars', 'document_particular']
  loop
    execute format('create trigger consultation_is_frozen before insert or update or delete on %I
      for each row execute function frozen_with_its_consultation()', content);
    execute format('alter table %I enable always trigger consultation_is_frozen', content);
    execute format('create trigger consultation_is_frozen_from_truncate before truncate on %I
      for each statement execute function frozen_from_truncate()', content);
    execute format('alter table %I enable always trigger consultation_is_frozen_from_truncate', content);
  end loop;
end $$;

-- A draft says « PROJET » on each page and may have gaps; a final text has none.
alter table document
  add column finish text not null default 'draft' constraint document_finish_is_known check (finish in ('draft', 'final')),
  drop constraint document_is_unique,
  add constraint document_is_unique unique (dossier_id, kind, subject, template_version, finish);
alter table document alter column finish drop default;

-- What was asked for together: several documents of one dossier, then one archive when all are there.
create table document_set (
  id uuid constraint document_set_pk primary key,
  consultation_id uuid not null constraint document_set_consultation references consultation,
  dossier_id uuid not null constraint document_set_dossier references dossier,
  part text not null,
  finish text not null constraint document_set_finish_is_known check (finish in ('draft', 'final')),
  -- SHA-256 of the kinds, subjects and template versions that it is made of: the same request is the same set.
  contents text not null,
  requested_at timestamptz not null,
  archive_request_id uuid constraint document_set_archive_request references job_request,
  archive_sha256 text constraint document_set_archive references stored_file,
  archived_at timestamptz,
  constraint document_set_is_unique unique (dossier_id, part, finish, contents),
  constraint document_set_archive_is_dated check ((archive_sha256 is null) = (archived_at is null)),
  constraint document_set_archive_was_asked check (archive_sha256 is null or archive_request_id is not null)
);
create index document_set_by_consultation on document_set (consultation_id, requested_at);

create table document_set_item (
  set_id uuid not null constraint document_set_item_set references document_set on delete cascade,
  position integer not null constraint document_set_item_position_from_1 check (position >= 1),
  document_id uuid not null constraint document_set_item_document references document,
  constraint document_set_item_pk primary key (set_id, position),
  constraint document_set_item_is_unique unique (set_id, document_id)
);
create index document_set_item_by_document on document_set_item (document_id);
