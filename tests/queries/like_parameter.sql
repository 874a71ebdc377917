--! $pattern text not null
--! id int4 not null
--! many
select id from artist where name like $pattern || '%'
