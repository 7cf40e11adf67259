drop table needs_export_part;
drop table needs_export;
