drop table lot_lever;
drop table lot_protection;
drop function lot_protection_check_levers();
