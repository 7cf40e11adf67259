-- Procedure costs only: the contract itself is never shared by a key, each member pays what it orders.
create table cost_sharing (
  consultation_id uuid constraint cost_sharing_pk primary key constraint cost_sharing_consultation references consultation,
  sharing_key text not null constraint cost_sharing_key_is_known
    check (sharing_key in ('none', 'equal', 'population', 'need', 'fixed-variable')),
  fixed_share numeric(5, 4),
  constraint cost_sharing_fixed_share_when_needed check ((sharing_key = 'fixed-variable') = (fixed_share is not null)),
  constraint cost_sharing_fixed_share_in_range check (fixed_share between 0 and 1)
);

create table cost_line (
  id uuid constraint cost_line_pk primary key,
  consultation_id uuid not null constraint cost_line_consultation references consultation,
  position integer not null,
  label text not null constraint cost_line_has_a_label check (label <> ''),
  net numeric(14, 2) not null constraint cost_line_net_is_positive check (net >= 0),
  vat_rate numeric(5, 2) not null constraint cost_line_vat_rate_in_range check (vat_rate between 0 and 100),
  constraint cost_line_position_is_unique unique (consultation_id, position)
);

-- The lots that a cost concerns; none: all of them.
create table cost_line_lot (
  cost_line_id uuid not null constraint cost_line_lot_cost_line references cost_line on delete cascade,
  lot_id uuid not null constraint cost_line_lot_lot references lot deferrable initially immediate,
  constraint cost_line_lot_pk primary key (cost_line_id, lot_id)
);
