-- Copies are lent until none is left, and again when one is back.
do $$
declare
    v_first bigint := library.lend(pg_temp.book(), pg_temp.member());
begin
    assert v_first is not null;
    assert library.lend(pg_temp.book(), pg_temp.member()) is not null;
    assert library.lend(pg_temp.book(), pg_temp.member()) is null, 'there are two copies only';

    assert library.take_back(v_first, current_date + 30) = 2;
    assert library.take_back(v_first) is null, 'it is back already';
    assert library.lend(pg_temp.book(), pg_temp.member()) is not null;
end;
$$;
