--! $shown text not null
--! id int4 not null
--! zero_or_one
select id from label where shown = $shown
