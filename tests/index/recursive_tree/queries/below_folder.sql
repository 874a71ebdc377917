with recursive tree as (
  select id, name from folder where id = $id
  union all
  select f.id, f.name from folder f join tree t on f.parent = t.id
)
select id, name from tree
