drop table group_free_of_charge;
