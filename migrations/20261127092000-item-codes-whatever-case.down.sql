drop index item_code_is_unique;
alter table item add constraint item_code_is_unique unique (consultation_id, code);
drop function item_code_key(text);
