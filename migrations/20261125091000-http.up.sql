-- A POST that its sender may send again: claimed and committed with what it did. Nothing here opens `sealed_result`: its
-- key is drawn from the Idempotency-Key, which is kept only as a hash.
create table idempotency_record (
  key_hash bytea constraint idempotency_record_pk primary key
    constraint idempotency_record_key_hash_is_sha256 check (octet_length(key_hash) = 32),
  request_hash bytea not null constraint idempotency_record_request_hash_is_sha256 check (octet_length(request_hash) = 32),
  sealed_result bytea,
  created_at timestamptz not null
);

create index idempotency_record_by_age on idempotency_record (created_at);

-- Requests counted in the running minute, shared by every process. Unlogged: losing the count costs one minute of limits.
-- The shape is the one that rate-limiter-flexible writes; `expire` is in milliseconds since 1970.
create unlogged table rate_limit (
  key text constraint rate_limit_pk primary key,
  points integer not null,
  expire bigint not null
);

create index rate_limit_by_expiry on rate_limit (expire);
