--! $tag text not null
--! id int4 not null
--! many
select q.id from (select id, $tag::text as tag from artist) q where q.tag = 'x'
