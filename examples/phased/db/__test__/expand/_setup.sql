-- An account that an old release added, and one that a new release added.
do $$
begin
    if exists (
        select from pg_catalog.pg_attribute a
         where a.attrelid = 'app.accounts'::regclass
           and a.attname = 'full_name'
           and not a.attisdropped)
    then
        insert into app.accounts (email, full_name) values ('old@test.invalid', 'Grace Brewster Hopper');
    else
        insert into app.accounts (email, given_name, family_name)
        values ('old@test.invalid', 'Grace Brewster', 'Hopper');
    end if;

    insert into app.accounts (email, given_name, family_name) values ('new@test.invalid', 'Alan', 'Turing');
end;
$$;
