-- The words that a supplier is known by: its name as it is searched, without the form of the company. Found in a text,
-- they name it.
create function supplier_bare_name(search_key text) returns text
  language sql immutable parallel safe strict
  return btrim(regexp_replace(' ' || search_key || ' ',
    '( (sarl|s a r l|sasu?|s a s( u)?|sa|s a|eurl|e u r l|eirl|e i r l|ei|snc|s n c|scop|scic|scea|sca|earl|gaec|gie|cuma|selarl)(?= ))+',
    '', 'g'));

create index supplier_by_bare_name on supplier (supplier_bare_name(search_key)) where erased_at is null;
