--! $name text not null
--! $id int4 not null
--! id int4 not null
--! bio text null
--! n int8 not null
--! zero_or_one
with u as (update artist set name = $name where id = $id returning id, bio) select u.id, u.bio, (select count(*) from genre) as n from u
