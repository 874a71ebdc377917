--! $pattern text null
--! $born date null
--! id int4 not null
--! many
select id from artist where name like coalesce($pattern, '%') and ($born::date is null or born = $born)
