-- Quantities that look wrong and are right: who said so, why, and of which figures. Changed figures ask again.
create table need_signal_confirmation (
  consultation_id uuid not null,
  buyer_id uuid not null,
  kind text not null constraint need_signal_confirmation_kind_is_known
    check (kind in ('per_inhabitant', 'last_year', 'unit', 'whole', 'maximum', 'round')),
  -- What it is about: an item, or a lot for its maximum, or the whole declaration for a figure said everywhere.
  item_id uuid constraint need_signal_confirmation_item references item on delete cascade,
  lot_id uuid constraint need_signal_confirmation_lot references lot on delete cascade,
  fingerprint text not null constraint need_signal_confirmation_fingerprint_is_not_empty check (fingerprint <> ''),
  reason text not null constraint need_signal_confirmation_reason_is_not_empty check (reason <> ''),
  confirmed_at timestamptz not null,
  -- Null: by a program.
  confirmed_by uuid constraint need_signal_confirmation_by references person,
  constraint need_signal_confirmation_is_unique unique nulls not distinct
    (consultation_id, buyer_id, kind, item_id, lot_id),
  constraint need_signal_confirmation_declaration foreign key (consultation_id, buyer_id) references need_declaration,
  constraint need_signal_confirmation_is_about_its_kind check (
    (item_id is not null) = (kind in ('per_inhabitant', 'last_year', 'unit', 'whole'))
    and (lot_id is not null) = (kind = 'maximum'))
);

create trigger consultation_is_frozen after insert on need_signal_confirmation referencing new table as changed
  for each statement execute function frozen_as_a_whole();
create trigger consultation_is_frozen_for_change after update on need_signal_confirmation
  referencing old table as was new table as changed
  for each statement execute function frozen_with_both_consultations();
create trigger consultation_is_frozen_for_removal after delete on need_signal_confirmation
  referencing old table as changed for each statement execute function frozen_as_a_whole();
create trigger consultation_is_frozen_from_truncate before truncate on need_signal_confirmation
  for each statement execute function frozen_from_truncate();
alter table need_signal_confirmation enable always trigger consultation_is_frozen;
alter table need_signal_confirmation enable always trigger consultation_is_frozen_for_change;
alter table need_signal_confirmation enable always trigger consultation_is_frozen_for_removal;
alter table need_signal_confirmation enable always trigger consultation_is_frozen_from_truncate;
