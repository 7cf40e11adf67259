drop table procedure_small_lot;
drop table procedure_choice;
