delete from cpv_code;
