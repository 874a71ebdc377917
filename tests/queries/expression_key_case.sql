--! $id int4 not null
--! $rank int4 not null
--! id int4 not null
--! other int4 not null
--! zero_or_one
select g.id, b.id as other from genre g, task b where g.id = $id and case when b.rank > 1 then b.rank end = $rank
