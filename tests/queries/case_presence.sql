--! id int4 not null
--! artist text not null
--! known int4 null
--! many
select a.id, case when r.id is not null then r.name else a.name end as artist, case when r.bio is not null then r.id end as known from album a left join artist r on r.id = a.artist
