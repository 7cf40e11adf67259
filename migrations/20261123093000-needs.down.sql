drop function line_amount(numeric, numeric);
drop table need_line;
