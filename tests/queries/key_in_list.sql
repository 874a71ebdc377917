--! $a int4 not null
--! $b int4 not null
--! name text not null
--! many
select name from artist where id in ($a, $b)
