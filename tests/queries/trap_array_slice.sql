--! part text[] not null
--! m int4[] not null elements not null
--! more text[] not null
--! many
select tags[1:2] as part, array[[1, 2], [3, 4]] as m, array_append(tags, null) as more from album
