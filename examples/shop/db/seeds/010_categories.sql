-- Categories from categories.json, level by level: a parent before its children.
with recursive tree (parent, node, position) as (
    select null::text, e.node, e.n
      from pg_temp.pgmi_source_view s
     cross join lateral pg_catalog.jsonb_array_elements(s.content::jsonb) with ordinality as e (node, n)
     where s.path = './seeds/categories.json'
    union all
    select t.node ->> 'slug', e.node, e.n
      from tree t
     cross join lateral pg_catalog.jsonb_array_elements(t.node -> 'children') with ordinality as e (node, n)
),
written as (
    insert into catalog.categories as c (slug, name, position)
    select t.node ->> 'slug', t.node ->> 'name', t.position
      from tree t
    on conflict (slug) do update
       set name = excluded.name,
           position = excluded.position
     where (c.name, c.position) is distinct from (excluded.name, excluded.position)
    returning 1
)
select pg_catalog.count(*) from written;

-- The rows are there now, so that the identifiers of the parents are known.
with recursive tree (parent, node) as (
    select null::text, e.node
      from pg_temp.pgmi_source_view s
     cross join lateral pg_catalog.jsonb_array_elements(s.content::jsonb) as e (node)
     where s.path = './seeds/categories.json'
    union all
    select t.node ->> 'slug', e.node
      from tree t
     cross join lateral pg_catalog.jsonb_array_elements(t.node -> 'children') as e (node)
)
update catalog.categories c
   set parent_id = p.id
  from tree t
  join catalog.categories p on p.slug = t.parent
 where c.slug = t.node ->> 'slug'
   and c.parent_id is distinct from p.id;
