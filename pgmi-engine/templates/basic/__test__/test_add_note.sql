-- A test fails by raising an error.
do $$
begin
    perform add_note('  test: ada ', 'It has no pretensions to originate anything.');
    if (select count(*) from note where author = 'test: ada') <> 2 then
        raise exception 'both notes are by the same author, blanks or not';
    end if;
end;
$$;

do $$
begin
    perform add_note('   ', 'Nobody wrote this.');
    raise exception 'a note without an author was taken';
exception when check_violation then
    null; -- This is what should happen.
end;
$$;
