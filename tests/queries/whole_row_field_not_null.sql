--! id int4 not null
--! bio text null
--! many
select b.id, b.bio from album a left join artist b on b.id = a.artist where b is distinct from null
