drop table lot_delivery_site;
delete from delivery_site where retired_at is not null;
alter table delivery_site
  drop constraint delivery_site_label_is_unique,
  drop column retired_at,
  add constraint delivery_site_label_is_unique unique nulls not distinct (buyer_id, cluster_id, label)
    deferrable initially immediate;
drop index purchasing_group_by_reserved_cluster;
alter table purchasing_group drop column reserved_cluster_id;
