--! $id int4 not null
--! top numeric not null
--! bio text not null
--! one
select coalesce((select max(price) from album), 0) as top, coalesce((select bio from artist where id = $id), 'none') as bio
