-- Old releases find full_name up to date, as long as it is there.
do $$
begin
    if not exists (
        select from pg_catalog.pg_attribute a
         where a.attrelid = 'app.accounts'::regclass
           and a.attname = 'full_name'
           and not a.attisdropped)
    then
        return;
    end if;

    assert (select a.full_name = 'Alan Turing' from app.accounts a where a.email = 'new@test.invalid');

    update app.accounts set full_name = 'Alan M. Turing' where email = 'new@test.invalid';
    assert (select a.given_name = 'Alan M.' from app.accounts a where a.email = 'new@test.invalid');

    update app.accounts set family_name = null where email = 'new@test.invalid';
    assert (select a.full_name = 'Alan M.' from app.accounts a where a.email = 'new@test.invalid');
end;
$$;
