--! id int4 not null
--! joined int4 null
--! many
select a.id, j.id as joined from artist a left join (genre g full join album b using (id)) j on j.id = a.id
