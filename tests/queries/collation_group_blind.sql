--! $shown text not null
--! shown text not null
--! n int8 not null
--! zero_or_one
select shown, count(*) as n from label where shown = $shown group by shown
