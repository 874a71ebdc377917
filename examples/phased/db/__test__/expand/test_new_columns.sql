-- New releases find their columns filled, in every phase.
do $$
begin
    assert (select (a.given_name, a.family_name) = ('Grace Brewster', 'Hopper')
              from app.accounts a where a.email = 'old@test.invalid');
    assert (select (a.given_name, a.family_name) = ('Alan', 'Turing')
              from app.accounts a where a.email = 'new@test.invalid');
end;
$$;
