--! $rank int4 not null
--! id int4 not null
--! other int4 not null
--! many
select a.id, b.id as other from task a, task b where case when a.rank > 1 then a.rank end = $rank
