--! name text not null
--! many
select name from artist where id = (random() * 3)::int4
