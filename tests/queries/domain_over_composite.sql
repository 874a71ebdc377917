--! $id int4 not null
--! spot spot null
--! street text null
--! id int4 not null
--! zero_or_one
select spot, (spot).street as street, a.id from artist a left join odds o on o.id = a.id where a.id = $id
