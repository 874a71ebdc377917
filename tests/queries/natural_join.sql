--! id int4 not null
--! name text not null
--! bio text null
--! born date null
--! many
select * from artist natural join genre
