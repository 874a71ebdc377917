--! artist int4 null
--! last date not null
--! many
select artist, max(released) as last from album group by artist having max(released) > '2000-01-01'
