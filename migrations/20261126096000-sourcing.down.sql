drop table sourcing_contact;
drop function sourcing_contact_refuse;
drop table supplier_status;
drop table supplier_department;
drop table supplier_commune;
drop table supplier_activity;
drop table supplier;
