-- A group may be open to the members of one pôle de proximité only; its coordinator is of it all the same.
alter table purchasing_group
  add column reserved_cluster_id uuid constraint purchasing_group_reserved_cluster references cluster;
create index purchasing_group_by_reserved_cluster on purchasing_group (reserved_cluster_id)
  where reserved_cluster_id is not null;

-- A site that its owner gave up while what was launched, or cancelled, still names it: kept for that, shown nowhere else.
-- Its name may then serve again.
alter table delivery_site
  add column retired_at timestamptz,
  drop constraint delivery_site_label_is_unique,
  add constraint delivery_site_label_is_unique unique nulls not distinct (buyer_id, cluster_id, label, retired_at)
    deferrable initially immediate;

-- Where what a lot buys is brought: sites of members that joined it, or of a cluster. A site in use cannot be deleted.
create table lot_delivery_site (
  lot_id uuid not null,
  consultation_id uuid not null,
  delivery_site_id uuid not null constraint lot_delivery_site_site references delivery_site,
  constraint lot_delivery_site_pk primary key (lot_id, delivery_site_id),
  constraint lot_delivery_site_lot foreign key (lot_id, consultation_id) references lot (id, consultation_id)
    on delete cascade
);
create index lot_delivery_site_by_site on lot_delivery_site (delivery_site_id);
create index lot_delivery_site_by_consultation on lot_delivery_site (consultation_id);
