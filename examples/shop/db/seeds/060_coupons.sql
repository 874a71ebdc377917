-- Coupons from coupons.csv. Empty cells are null.
insert into sales.coupons (code, percent_off, amount_off, max_uses, minimum)
select r.cells[1],
       nullif(r.cells[2], '')::numeric,
       case when r.cells[3] <> '' then row((r.cells[3])::numeric, r.cells[4])::shop.money end,
       nullif(r.cells[5], '')::integer,
       (r.cells[6])::numeric
  from pg_temp.csv_rows('./seeds/coupons.csv') as r
on conflict (code) do nothing;
