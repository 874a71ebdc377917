--! id int4 not null
--! word text null
--! n int8 null
--! many
select a.id, w.word, w.n from album a left join lateral unnest(a.tags) with ordinality w (word, n) on w.n > 1
