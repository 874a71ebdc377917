-- What the falsifier needs besides the schema. Run once per database, by falsifier/mod.rs.
create schema falsifier;

-- Runs a statement in a subtransaction, and forgets it when it fails.
create function falsifier.attempt(statement text) returns void language plpgsql as $$
begin
  execute statement;
exception when others then null;
end $$;

-- Somebody whom row security concerns. Roles are those of the whole server: another test may make it now.
do $$ begin
  create role pgmi_falsifier;
exception when duplicate_object or unique_violation then null;
end $$;
grant all on all tables in schema public to pgmi_falsifier;
grant all on all sequences in schema public to pgmi_falsifier;
grant usage on schema public, other to pgmi_falsifier;
