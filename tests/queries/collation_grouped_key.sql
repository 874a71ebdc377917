--! $shown text not null
--! shown text not null
--! n int8 not null
--! zero_or_one
select x.shown, x.n from (select shown collate blind as shown, count(*) as n from label group by shown collate blind) x where x.shown = $shown collate "C"
