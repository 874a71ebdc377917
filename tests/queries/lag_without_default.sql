--! id int4 not null
--! before int4 null!
--! later text null!
--! many
select id, lag(id) over (order by id) as before, lead(name, 2) over (order by id) as later from genre
