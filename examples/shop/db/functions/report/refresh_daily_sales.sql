-- Brings report.daily_sales up to date while others go on reading it.
create or replace procedure report.refresh_daily_sales()
language plpgsql
as $$
begin
    refresh materialized view concurrently report.daily_sales;
end;
$$;
