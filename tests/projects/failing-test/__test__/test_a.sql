do $$
begin
    assert (select pg_catalog.count(*) from public.users) = 1;
end;
$$;
