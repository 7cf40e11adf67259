drop table cost_line_lot;
drop table cost_line;
drop table cost_sharing;
