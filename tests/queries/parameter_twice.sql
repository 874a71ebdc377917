--! $text text not null
--! id int4 not null
--! bio text not null
--! many
select id, coalesce(bio, $text) as bio from artist where name = $text
