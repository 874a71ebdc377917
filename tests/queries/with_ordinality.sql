--! $words text[] not null
--! word text null
--! n int8 not null
--! many
select e.word, e.n from unnest($words::text[]) with ordinality as e (word, n)
