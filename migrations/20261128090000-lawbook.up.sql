-- Figures of the law that were published since this version: rows that administrators add, read after those that the
-- program ships. Whoever asks for the law of a past day must read what stood then: no row is changed nor removed, a
-- correction is another row, and the last one recorded prevails.
create table law_figure (
  id uuid constraint law_figure_pk primary key,
  -- The order of the recordings, which decides between two figures of one day.
  position bigint generated always as identity constraint law_figure_position_is_unique unique,
  -- One of the codes of src/law/figures.ts; a code that this version no longer has is left unread.
  code text not null constraint law_figure_has_a_code check (code <> ''),
  -- In the smallest part of its unit: cents, hundredths of a percent, days…; of a duty 1, or 0 where it is repealed.
  value bigint not null constraint law_figure_value_is_not_negative check (value >= 0),
  -- Half-open: the first day in force, and the first day no longer in force, null when none is known.
  valid_from date not null,
  valid_to date constraint law_figure_ends_after_it_begins check (valid_to > valid_from),
  source text not null constraint law_figure_has_a_source check (btrim(source) <> ''),
  -- The day on which somebody read the source.
  checked_on date not null,
  verified boolean not null,
  recorded_at timestamptz not null,
  recorded_by uuid constraint law_figure_recorded_by references person
);

-- Refuses to everybody, the owner of the table included.
create function law_figure_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'the figures of the law are append-only: % refused on %', lower(tg_op), tg_table_name
    using errcode = 'restrict_violation', constraint = 'law_figure_is_append_only', table = tg_table_name;
end $$;
create trigger law_figure_is_append_only before update or delete or truncate on law_figure
  for each statement execute function law_figure_refuse();
alter table law_figure enable always trigger law_figure_is_append_only;
