-- The tree knows depth and path, and refuses circles.
do $$
declare
    v_leaf catalog.category_tree;
begin
    select t.* into strict v_leaf from catalog.category_tree t where t.slug = 'test-leaf';

    assert v_leaf.depth = 2;
    assert v_leaf.path = 'Root > Branch > Leaf';
    assert v_leaf.products = 1;
    assert catalog.category_path(v_leaf.id) = v_leaf.path;

    perform pg_temp.must_fail('23514', $q$
        update catalog.categories c
           set parent_id = leaf.id
          from catalog.categories leaf
         where c.slug = 'test-root'
           and leaf.slug = 'test-leaf' $q$);
end;
$$;
