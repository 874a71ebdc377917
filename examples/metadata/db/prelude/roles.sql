-- The reading role, for the whole cluster; it may exist already.
do $$
begin
    if not exists (select from pg_catalog.pg_roles r where r.rolname = 'library_reader') then
        create role library_reader nologin;
    end if;
exception
    when duplicate_object or unique_violation then
        null;
end;
$$;
