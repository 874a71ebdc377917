-- Functions are replaced by each deployment, so they are edited in place.
create or replace function add_note(p_author text, p_body text) returns bigint
language sql
as $$
    insert into note (author, body)
    values (btrim(p_author), p_body)
    returning id;
$$;
