drop table law_figure;
drop function law_figure_refuse;
