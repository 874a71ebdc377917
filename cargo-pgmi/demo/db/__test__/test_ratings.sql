-- A test fails by raising an error.
do $$
begin
    insert into album (name, released, rating) values ('test: too good', current_date, 6);
    raise exception 'six stars of five were taken';
exception when check_violation then
    null; -- This is what should happen.
end;
$$;
