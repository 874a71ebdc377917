--! part text[] null
--! m int4[] not null
--! more text[] not null
--! many
--! imprecise: a slice of an array is never NULL
select tags[1:2] as part, array[[1, 2], [3, 4]] as m, array_append(tags, null) as more from album
