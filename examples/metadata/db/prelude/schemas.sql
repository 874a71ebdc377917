-- No metadata at all: the path is the sort key, and this file runs each time.
do $$
begin
    if pg_catalog.to_regnamespace('library') is null then
        create schema library;
    end if;
end;
$$;
