-- A request for background work is a row of the transaction that needs it: no commit, no job; no job lost.
create table job_request (
  id uuid constraint job_request_pk primary key,
  name text not null,
  payload jsonb not null,
  requested_at timestamptz not null default now(),
  enqueued_at timestamptz,
  started_at timestamptz,
  completed_at timestamptz,
  failed_at timestamptz,
  attempts integer not null default 0,
  error text,
  constraint job_request_has_one_end check (completed_at is null or failed_at is null),
  constraint job_request_failure_has_its_reason check ((failed_at is null) = (error is null))
);
create index job_request_to_enqueue on job_request (id) where enqueued_at is null;
create index job_request_in_flight on job_request (enqueued_at) where completed_at is null and failed_at is null;

-- Files under the SHA-256 of their bytes: the same content is stored once, and every process sees it.
create table stored_file (
  sha256 text constraint stored_file_pk primary key constraint stored_file_sha256_is_hex check (sha256 ~ '^[0-9a-f]{64}$'),
  media_type text not null,
  byte_count bigint not null,
  content bytea not null,
  stored_at timestamptz not null default now(),
  constraint stored_file_byte_count_is_exact check (byte_count = octet_length(content))
);
-- PDF and XLSX are compressed already.
alter table stored_file alter column content set storage external;
