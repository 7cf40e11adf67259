drop table membership;
drop table purchasing_group;
drop table buyer;
