drop index supplier_by_bare_name;
drop function supplier_bare_name(text);
