insert into users values (1, 'ada@example.org');

-- An address belongs to one user.
do $$
begin
    insert into users values (2, 'ada@example.org');
    raise exception 'two users have the same address';
exception
    when unique_violation then null;
end;
$$;
