drop table lot_participation;
drop table item;
drop table lot;
drop table cpv_code;
drop table consultation;
