-- « VH-001 » and « vh-001 » are read aloud alike: one consultation holds one of them. src/items/items.rules.ts computes the
-- same key; a test holds the two together.
create function item_code_key(code text) returns text language sql immutable strict parallel safe
return lower(translate(normalize(code, NFC), 'ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸÆŒ', 'àâäçéèêëîïôöùûüÿæœ') collate "C");

-- Those that coexist already are told apart by a rank, the first as it is.
update item set code = item.code || '~' || twin.rank, version = item.version + 1
from (select id, row_number() over (partition by consultation_id, item_code_key(code) order by code collate "C") as rank
      from item) as twin
where twin.id = item.id and twin.rank > 1;

alter table item drop constraint item_code_is_unique;
create unique index item_code_is_unique on item (consultation_id, item_code_key(code));
