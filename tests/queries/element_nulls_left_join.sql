--! whole text[] null elements not null
--! safe text[] not null elements not null
--! either text[] not null elements not null
--! many
select o.whole, coalesce(o.whole, array['x']) as safe, case when o.id > 1 then o.whole else array[a.name] end as either from artist a left join odds o on o.id = a.id
