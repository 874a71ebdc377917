-- The second run of grants.sql reaches the view, which is created after the first.
do $$
begin
    assert pg_catalog.has_table_privilege('library_reader', 'library.books', 'select');
    assert pg_catalog.has_table_privilege('library_reader', 'library.overdue', 'select');
    assert not pg_catalog.has_table_privilege('library_reader', 'library.books', 'insert');
end;
$$;
