--! $p text not null
--! id int4 not null
--! many
select id from artist order by similar_to_escape($p), id
