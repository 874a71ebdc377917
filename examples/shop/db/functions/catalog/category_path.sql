-- The way from the root to a category: "Home > Kitchen > Knives".
create or replace function catalog.category_path(p_category_id integer)
returns text
language sql
stable
as $$
    with recursive up (id, parent_id, name, height) as (
        select c.id, c.parent_id, c.name, 0
          from catalog.categories c
         where c.id = p_category_id
        union all
        select c.id, c.parent_id, c.name, up.height + 1
          from up
          join catalog.categories c on c.id = up.parent_id
    )
    select pg_catalog.string_agg(up.name, ' > ' order by up.height desc)
      from up;
$$;

-- A tree has no circles. The check needs more than one row, so a trigger makes it.
create or replace function catalog.refuse_category_circle()
returns trigger
language plpgsql
as $$
begin
    if exists (
        with recursive up (id, parent_id) as (
            select c.id, c.parent_id from catalog.categories c where c.id = new.parent_id
            union
            select c.id, c.parent_id from up join catalog.categories c on c.id = up.parent_id
        )
        select from up where up.id = new.id)
    then
        raise exception 'category % would be its own ancestor', new.id
            using errcode = 'check_violation',
                  table = tg_table_name,
                  schema = tg_table_schema;
    end if;
    return new;
end;
$$;

create or replace trigger refuse_circle
    before update of parent_id on catalog.categories
    for each row when (new.parent_id is not null)
    execute function catalog.refuse_category_circle();
