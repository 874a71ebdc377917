do $$
begin
    insert into artist (name) values ('test: somebody');
    raise exception 'one artist is there twice';
exception when unique_violation then
    null;
end;
$$;
