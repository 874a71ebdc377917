do $$
begin
    raise exception 'no test runs after the one that failed';
end;
$$;
