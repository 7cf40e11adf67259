-- « Mesures d'accès des TPE-PME » of a lot: the flag is the row. Why, who said so, and when; open to any reader of the
-- file. Nothing but the room protection reads these two tables: bids, awards and documents may not.
create table lot_protection (
  lot_id uuid constraint lot_protection_pk primary key constraint lot_protection_lot references lot,
  justification text not null
    constraint lot_protection_justification_is_told check (char_length(btrim(justification)) between 20 and 4000),
  decided_by uuid constraint lot_protection_decided_by references person,
  decided_at timestamptz not null,
  version integer not null default 1
    constraint lot_protection_version_is_positive check (version >= 1)
);

-- A lawful lever chosen for a lot, with what was written down for it. It has no life apart from the flag.
create table lot_lever (
  lot_id uuid not null constraint lot_lever_protection references lot_protection on delete cascade,
  lever text not null constraint lot_lever_code_is_well_formed check (lever ~ '^[A-Z][A-Z_]{2,59}$'),
  record jsonb not null constraint lot_lever_record_is_an_object check (jsonb_typeof(record) = 'object'),
  chosen_by uuid constraint lot_lever_chosen_by references person,
  chosen_at timestamptz not null,
  constraint lot_lever_pk primary key (lot_id, lever)
);

-- Only levers act: a flag without one does not outlive the transaction that leaves it so.
create function lot_protection_check_levers() returns trigger language plpgsql as $$
begin
  if exists (select from public.lot_protection p where p.lot_id = coalesce(new.lot_id, old.lot_id))
    and not exists (select from public.lot_lever l where l.lot_id = coalesce(new.lot_id, old.lot_id))
  then
    raise exception 'a protected lot has at least one lever'
      using errcode = 'check_violation', constraint = 'lot_protection_has_a_lever', table = 'lot_protection';
  end if;
  return null;
end $$;
create constraint trigger lot_protection_has_a_lever after insert on lot_protection
  deferrable initially deferred for each row execute function lot_protection_check_levers();
create constraint trigger lot_lever_is_not_the_last after update of lot_id or delete on lot_lever
  deferrable initially deferred for each row execute function lot_protection_check_levers();
