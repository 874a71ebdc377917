-- Names are split at the last space, whatever is around them.
do $$
begin
    assert (select (n.given, n.family) = ('Ada King', 'Lovelace') from app.split_name(' Ada King Lovelace ') as n);
    assert (select n.given = 'Plato' and n.family is null from app.split_name('Plato') as n);
    assert (select (n.given, n.family) = ('É', 'Ü') from app.split_name('É Ü') as n);
end;
$$;
