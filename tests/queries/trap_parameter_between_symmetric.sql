--! $a int4 not null
--! $b int4 not null
--! id int4 not null
--! many
select id from artist where id between symmetric $a and $b
