-- Belongs to both suites.
create function pg_temp.step_taken() returns boolean language sql stable
    as $$ select pg_catalog.to_regclass('pg_temp.step') is not null $$;
