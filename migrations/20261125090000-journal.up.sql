-- Who did what, by ids: written in the command's own transaction, read by the communes it concerns, never changed.
-- No foreign key leaves this table: a row may go, what was done to it stays.
create table journal_entry (
  id uuid constraint journal_entry_pk primary key,
  -- The group's id, or zeros for what concerns no group.
  chain uuid not null,
  position bigint not null constraint journal_entry_position_is_positive check (position > 0),
  -- The command's instant, in whole milliseconds: what a program read back is what was hashed and sorted.
  at timestamptz not null constraint journal_entry_at_is_in_milliseconds check (at = date_trunc('milliseconds', at)),
  actor_kind text not null constraint journal_entry_actor_kind_is_known
    check (actor_kind in ('person', 'reader', 'operator', 'system')),
  actor_id uuid,
  -- A system account or a job, never a person's name.
  actor_name text,
  token_id uuid,
  on_behalf_of uuid,
  channel text not null constraint journal_entry_channel_is_known
    check (channel in ('api', 'import', 'cli', 'page', 'job')),
  request_id text,
  group_id uuid,
  buyer_id uuid,
  subject text not null constraint journal_entry_has_a_subject check (subject <> ''),
  subject_id text not null constraint journal_entry_has_a_subject_id check (subject_id <> ''),
  key text not null constraint journal_entry_key_is_not_empty check (key <> ''),
  before jsonb,
  after jsonb,
  previous_hash bytea not null
    constraint journal_entry_previous_hash_has_32_bytes check (octet_length(previous_hash) = 32),
  hash bytea not null constraint journal_entry_hash_has_32_bytes check (octet_length(hash) = 32),
  constraint journal_entry_chain_is_its_group
    check (chain = coalesce(group_id, '00000000-0000-0000-0000-000000000000')),
  constraint journal_entry_position_is_unique unique (chain, position)
);
create index journal_entry_by_buyer on journal_entry (buyer_id, at, id) where buyer_id is not null;

-- The last line of each chain. Its row is the lock behind which the commands of one group follow each other.
create table journal_chain (
  chain uuid constraint journal_chain_pk primary key,
  position bigint not null constraint journal_chain_position_is_not_negative check (position >= 0),
  hash bytea not null constraint journal_chain_hash_has_32_bytes check (octet_length(hash) = 32)
);

-- UUIDv7 with the microseconds in its random part, as PostgreSQL 18 makes them: lines of one millisecond stay in order.
create function journal_entry_id() returns uuid language sql volatile
return (
  select encode(
    substring(int8send(micros / 1000) from 3)
      || set_byte(set_byte('\x0000', 0, 112 + fraction / 256), 1, fraction % 256)
      || substring(uuid_send(gen_random_uuid()) from 9), 'hex')::uuid
  from (select micros, (micros % 1000 * 4096 / 1000)::integer as fraction
        from (select (extract(epoch from clock_timestamp()) * 1000000)::bigint as micros) as clock) as parts);

-- Its length in bytes goes before each value, and nothing is told from empty: two lines never serialise alike.
create function journal_field(value text) returns text language sql immutable parallel safe
return coalesce(octet_length(value)::text || ':' || value, '-');

-- SHA-256 of the previous line's hash and of every column: src/platform/journal/journal-chain.ts computes the same.
create function journal_entry_hash(entry journal_entry) returns bytea language sql stable parallel safe
return sha256(entry.previous_hash || convert_to(
  journal_field(entry.chain::text) || journal_field(entry.position::text) || journal_field(entry.id::text)
  || journal_field((extract(epoch from entry.at) * 1000000)::bigint::text)
  || journal_field(entry.actor_kind) || journal_field(entry.actor_id::text) || journal_field(entry.actor_name)
  || journal_field(entry.token_id::text) || journal_field(entry.on_behalf_of::text)
  || journal_field(entry.channel) || journal_field(entry.request_id)
  || journal_field(entry.group_id::text) || journal_field(entry.buyer_id::text)
  || journal_field(entry.subject) || journal_field(entry.subject_id) || journal_field(entry.key)
  || journal_field(entry.before::text) || journal_field(entry.after::text), 'UTF8'));

-- Gives a line its place after the last one of its chain, whose head stays locked until the transaction ends.
create function journal_entry_link() returns trigger language plpgsql as $$
declare
  last record;
  earlier record;
begin
  new.chain := coalesce(new.group_id, '00000000-0000-0000-0000-000000000000');
  select position, hash into last from public.journal_chain where chain = new.chain for update;
  if not found then
    insert into public.journal_chain (chain, position, hash)
      values (new.chain, 0, decode(repeat('00', 32), 'hex')) on conflict do nothing;
    select position, hash into strict last from public.journal_chain where chain = new.chain for update;
  end if;
  -- The head moves once a statement: the lines that this very statement wrote before are after it.
  select position, hash into earlier from public.journal_entry
    where chain = new.chain and position > last.position order by position desc limit 1;
  if found then
    last := earlier;
  end if;
  new.id := public.journal_entry_id();
  new.position := last.position + 1;
  new.previous_hash := last.hash;
  new.hash := public.journal_entry_hash(new);
  return new;
end $$;
create trigger journal_entry_link before insert on journal_entry for each row execute function journal_entry_link();

create function journal_chain_advance() returns trigger language plpgsql as $$
begin
  update public.journal_chain set position = last.position, hash = last.hash
  from (select distinct on (chain) chain, position, hash from written order by chain, position desc) as last
  where journal_chain.chain = last.chain;
  return null;
end $$;
create trigger journal_chain_advance after insert on journal_entry referencing new table as written
  for each statement execute function journal_chain_advance();

-- Refuses to everybody, the owner of the table included; whoever may disable a trigger may lie, and the hashes then show.
create function journal_entry_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'the journal is append-only: % refused on %', lower(tg_op), tg_table_name
    using errcode = 'restrict_violation', constraint = tg_table_name || '_is_append_only', table = tg_table_name;
end $$;
create trigger journal_entry_is_append_only before update or delete or truncate on journal_entry
  for each statement execute function journal_entry_refuse();
alter table journal_entry enable always trigger journal_entry_is_append_only;
create trigger journal_chain_is_append_only before delete or truncate on journal_chain
  for each statement execute function journal_entry_refuse();
alter table journal_chain enable always trigger journal_chain_is_append_only;

-- A head says what the last line says, whoever writes it: nobody but the trigger above has anything to write.
create function journal_chain_check() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' and new.position = 0 and new.hash = decode(repeat('00', 32), 'hex')
    or tg_op = 'UPDATE' and new.chain = old.chain and new.position > old.position
      and (select (position, hash) = (new.position, new.hash) from public.journal_entry
           where chain = new.chain order by position desc limit 1)
  then
    return new;
  end if;
  raise exception 'the head of a journal chain is that of its last line'
    using errcode = 'restrict_violation', constraint = 'journal_chain_follows_its_lines', table = 'journal_chain';
end $$;
create trigger journal_chain_follows_its_lines before insert or update on journal_chain
  for each row execute function journal_chain_check();
alter table journal_chain enable always trigger journal_chain_follows_its_lines;
