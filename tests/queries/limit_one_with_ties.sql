--! name text not null
--! many
select name from artist order by name fetch first 1 rows with ties
