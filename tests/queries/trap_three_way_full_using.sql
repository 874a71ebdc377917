--! id int4 not null
--! many
select id from artist full join genre using (id) full join album using (id)
