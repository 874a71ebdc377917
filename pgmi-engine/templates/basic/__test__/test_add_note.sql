-- A test fails by raising an error.
do $$
begin
    perform add_note('  ada ', 'It has no pretensions to originate anything.');
    if (select count(*) from note where author = 'ada') <> 2 then
        raise exception 'both notes are by ada, blanks or not';
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
