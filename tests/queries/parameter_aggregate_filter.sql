--! $name text not null
--! n int8 not null
--! one
select count(*) filter (where name = $name) as n from artist
