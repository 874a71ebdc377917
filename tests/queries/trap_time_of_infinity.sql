--! t time null
--! d date not null
--! e numeric not null
--! many
select sold_at::time as t, sold_at::timestamp::date as d, extract(epoch from sold_at) as e from sale
