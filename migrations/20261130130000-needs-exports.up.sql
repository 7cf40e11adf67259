-- Files of the needs that count, asked for and made by a worker. What became of one is dated. In parts, for those of
-- millions of lines: a value of the database could not hold one, nor should a process.
create table needs_export (
  id uuid constraint needs_export_pk primary key,
  consultation_id uuid not null constraint needs_export_consultation references consultation,
  format text not null constraint needs_export_format_is_known check (format in ('csv', 'xlsx')),
  -- How a CSV is written; a workbook has but one way.
  dialect text not null constraint needs_export_dialect_is_known check (dialect in ('french', 'rfc4180')),
  request_id uuid not null,
  requested_at timestamptz not null,
  made_at timestamptz,
  line_count bigint,
  byte_count bigint,
  sha256 text,
  failed_at timestamptz,
  -- French words, whole sentences.
  failure text,
  constraint needs_export_made_is_whole check (
    num_nulls(made_at, line_count, byte_count, sha256) in (0, 4)),
  constraint needs_export_failure_has_its_reason check ((failed_at is null) = (failure is null)),
  constraint needs_export_made_did_not_fail check (made_at is null or failed_at is null)
);
create index needs_export_by_consultation on needs_export (consultation_id, requested_at);

create table needs_export_part (
  export_id uuid not null constraint needs_export_part_export references needs_export on delete cascade,
  number integer not null constraint needs_export_part_number_from_1 check (number >= 1),
  content bytea not null,
  constraint needs_export_part_pk primary key (export_id, number)
);
