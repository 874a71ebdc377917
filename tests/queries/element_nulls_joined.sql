--! whole text[] null elements not null
--! id int4 not null
--! many
select j.whole, j.id from (odds o full join artist a using (id)) j (id, spot, emails, needs, p, whole)
