--! year numeric not null
--! day timestamptz not null
--! date date not null
--! age interval not null
--! text text null
--! next timestamptz not null
--! utc timestamp not null
--! many
select extract(year from sold_at) as year, date_trunc('day', sold_at) as day, sold_at::date as date, age(sold_at) as age, to_char(sold_at, 'YYYY') as text, sold_at + interval '1 day' as next, sold_at at time zone 'UTC' as utc from sale
