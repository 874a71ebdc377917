--! t time null
--! d date not null
--! e numeric null
--! many
select sold_at::time as t, sold_at::timestamp::date as d, extract(epoch from sold_at) as e from sale
