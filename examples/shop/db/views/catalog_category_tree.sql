-- All categories with their depth, their path and the number of their products,
-- in the order a menu shows them.
create or replace view catalog.category_tree as
with recursive tree (id, parent_id, slug, name, depth, path, sort_path) as (
    select c.id, c.parent_id, c.slug, c.name, 0, c.name, array[c.position, c.id]
      from catalog.categories c
     where c.parent_id is null
    union all
    select c.id, c.parent_id, c.slug, c.name, t.depth + 1, t.path || ' > ' || c.name,
           t.sort_path || array[c.position, c.id]
      from tree t
      join catalog.categories c on c.parent_id = t.id
)
select t.id, t.parent_id, t.slug, t.name, t.depth, t.path,
       (select pg_catalog.count(*) from catalog.product_categories pc where pc.category_id = t.id) as products
  from tree t
 order by t.sort_path;
