-- One yearly quantity per item and member. A row with 0 is a confirmed zero; no row is no answer.
create table need_line (
  consultation_id uuid not null,
  item_id uuid not null,
  buyer_id uuid not null,
  lot_id uuid not null,
  standing text not null constraint need_line_standing_is_known check (standing in ('valid', 'late', 'draft')),
  minimum numeric(15, 3),
  estimate numeric(15, 3) not null,
  maximum numeric(15, 3),
  constraint need_line_pk primary key (consultation_id, item_id, buyer_id),
  constraint need_line_quantity_is_positive check (coalesce(minimum, estimate) >= 0 and estimate >= 0),
  constraint need_line_quantity_ordered
    check (coalesce(minimum, estimate) <= estimate and estimate <= coalesce(maximum, estimate)),
  constraint need_line_item foreign key (item_id, lot_id) references item (id, lot_id) deferrable initially immediate,
  -- Only a member that joined the lot may ask for its items.
  constraint need_line_participation foreign key (lot_id, buyer_id) references lot_participation (lot_id, buyer_id)
    deferrable initially immediate
);

-- Quantity × unit price, rounded once to the cent, halves away from zero: the twin of lineAmount in src/money.
create function line_amount(quantity numeric, unit_price numeric) returns numeric
  language sql immutable parallel safe
  return round(quantity * unit_price, 2);
