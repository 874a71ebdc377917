-- Who is asking: the claim "sub" of the token, null when there is no token. The
-- setting is the empty string, not null, once a transaction that set it has ended.
create function todo.current_owner()
returns uuid
language sql
stable
parallel safe
as $$
    select (nullif(pg_catalog.current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid
$$;
