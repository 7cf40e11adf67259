-- The state of a consultation as documents tell it: a JSON file under its SHA-256, numbered, never changed.
create table dossier (
  id uuid constraint dossier_pk primary key,
  consultation_id uuid not null constraint dossier_consultation references consultation,
  number integer not null constraint dossier_number_is_positive check (number > 0),
  sha256 text not null constraint dossier_content references stored_file,
  taken_at timestamptz not null,
  -- French sentences: what differs from the version before.
  changes jsonb not null,
  constraint dossier_number_is_unique unique (consultation_id, number)
);

create table document (
  id uuid constraint document_pk primary key,
  dossier_id uuid not null constraint document_dossier references dossier,
  kind text not null,
  subject text not null,
  template_version text not null,
  request_id uuid not null constraint document_request references job_request,
  file_sha256 text constraint document_file references stored_file,
  created_at timestamptz,
  constraint document_is_unique unique (dossier_id, kind, subject, template_version),
  constraint document_file_is_dated check ((file_sha256 is null) = (created_at is null))
);
