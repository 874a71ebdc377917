-- A small branch of categories: root > branch > leaf.
insert into catalog.categories (slug, name) values ('test-root', 'Root');

insert into catalog.categories (slug, name, parent_id)
select 'test-branch', 'Branch', c.id from catalog.categories c where c.slug = 'test-root';

insert into catalog.categories (slug, name, parent_id)
select 'test-leaf', 'Leaf', c.id from catalog.categories c where c.slug = 'test-branch';

insert into catalog.product_categories (product_id, category_id)
select pg_temp.product('TEST-LAMP'), c.id from catalog.categories c where c.slug = 'test-leaf';
