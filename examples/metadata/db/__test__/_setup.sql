-- A book with two copies, and two members.
insert into library.books (title, isbn) values ('A test of patience', '9780000000002');
insert into library.copies (book_id, shelf)
select b.id, 'T' || n from library.books b cross join pg_catalog.generate_series(1, 2) as n
 where b.isbn = '9780000000002';
insert into library.members (name) values ('Test reader'), ('Another test reader');

create function pg_temp.book() returns integer language sql stable
    as $$ select b.id from library.books b where b.isbn = '9780000000002' $$;

create function pg_temp.member() returns integer language sql stable
    as $$ select m.id from library.members m where m.name = 'Test reader' $$;
