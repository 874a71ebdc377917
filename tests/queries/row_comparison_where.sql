--! $day date not null
--! $id int4 not null
--! released date not null
--! name text not null
--! many
select released, name from album where (released, id) > ($day, $id)
