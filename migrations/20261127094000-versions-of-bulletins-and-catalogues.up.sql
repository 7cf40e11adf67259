-- Two people may send the same thing at once: what each of them read is told by a version. What a bulletin d'adhésion says
-- and what a catalogue holds are rows that several rooms write (a lot that goes takes participations along, an item is
-- edited alone), so that the database counts their changes itself: a writer that forgot would lose someone's work in
-- silence. A version only grows, sometimes by more than one; 0, which has no row, is before anything was written.
create table participation_form (
  consultation_id uuid not null
    constraint participation_form_consultation references consultation on delete cascade,
  buyer_id uuid not null constraint participation_form_buyer references buyer on delete cascade,
  version integer not null constraint participation_form_version_is_positive check (version > 0),
  constraint participation_form_pk primary key (consultation_id, buyer_id)
);
create table catalogue_version (
  consultation_id uuid constraint catalogue_version_pk primary key
    constraint catalogue_version_consultation references consultation on delete cascade,
  version integer not null constraint catalogue_version_is_positive check (version > 0)
);
insert into participation_form (consultation_id, buyer_id, version)
  select distinct consultation_id, buyer_id, 1 from lot_participation;
insert into catalogue_version (consultation_id, version) select distinct consultation_id, 1 from lot;

-- What is deleted had its row already, and may go together with its consultation: nothing is inserted then.
create function participation_form_moves() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    update public.participation_form f set version = f.version + 1
    from (select distinct consultation_id, buyer_id from gone) as left_lots
    where f.consultation_id = left_lots.consultation_id and f.buyer_id = left_lots.buyer_id;
  else
    insert into public.participation_form as f (consultation_id, buyer_id, version)
    select distinct consultation_id, buyer_id, 1 from written
    on conflict (consultation_id, buyer_id) do update set version = f.version + 1;
  end if;
  return null;
end $$;
create trigger participation_form_is_joined after insert on lot_participation referencing new table as written
  for each statement execute function participation_form_moves();
create trigger participation_form_is_changed after update on lot_participation referencing new table as written
  for each statement execute function participation_form_moves();
create trigger participation_form_is_left after delete on lot_participation referencing old table as gone
  for each statement execute function participation_form_moves();

-- Of a lot, what a file of the catalogue says: where it is delivered or to whom it is reserved is not in it.
create function catalogue_version_moves() returns trigger language plpgsql as $$
declare
  changed uuid[];
begin
  if tg_op = 'DELETE' then
    update public.catalogue_version set version = version + 1
    where consultation_id in (select consultation_id from gone);
    return null;
  end if;
  if tg_op = 'UPDATE' and tg_table_name = 'lot' then
    changed := array(
      select distinct consultation_id from (
        select id, consultation_id, number, title, cpv_code, family, contract_form from written
        except select id, consultation_id, number, title, cpv_code, family, contract_form from gone) as other);
  else
    changed := array(select distinct consultation_id from written);
  end if;
  insert into public.catalogue_version as c (consultation_id, version) select unnest(changed), 1
  on conflict (consultation_id) do update set version = c.version + 1;
  return null;
end $$;
create trigger catalogue_version_lot_is_added after insert on lot referencing new table as written
  for each statement execute function catalogue_version_moves();
create trigger catalogue_version_lot_is_changed after update on lot
  referencing old table as gone new table as written
  for each statement execute function catalogue_version_moves();
create trigger catalogue_version_lot_is_removed after delete on lot referencing old table as gone
  for each statement execute function catalogue_version_moves();
create trigger catalogue_version_item_is_added after insert on item referencing new table as written
  for each statement execute function catalogue_version_moves();
create trigger catalogue_version_item_is_changed after update on item referencing new table as written
  for each statement execute function catalogue_version_moves();
create trigger catalogue_version_item_is_removed after delete on item referencing old table as gone
  for each statement execute function catalogue_version_moves();
