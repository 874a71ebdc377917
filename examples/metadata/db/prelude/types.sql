/*
<pgmi-meta id="9f3c1c52-6b7e-4c7e-9a53-0f2b7a1d4e10" idempotent="true">
  <description>Domains. An identity, but no sort keys: the path is the key.</description>
</pgmi-meta>
*/
do $$
begin
    if pg_catalog.to_regtype('library.isbn') is null then
        create domain library.isbn as text check (value ~ '^97[89][0-9]{10}$');
    end if;
end;
$$;
