drop function journal_entry_hash;
drop table journal_entry;
drop table journal_chain;
drop function journal_entry_link, journal_chain_advance, journal_chain_check, journal_entry_refuse, journal_field,
  journal_entry_id;
