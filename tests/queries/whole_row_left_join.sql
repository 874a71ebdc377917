--! id int4 not null
--! b genre null
--! is_null bool not null
--! is_not_null bool not null
--! name text null
--! many
select a.id, b, b is null as is_null, b is not null as is_not_null, (b).name as name from artist a left join genre b on b.id = a.id
