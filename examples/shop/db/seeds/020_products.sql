-- Products from products.json; what was changed by hand since is set right again.
insert into catalog.products as p (sku, name, description, attributes, tags, weight_grams, released_on)
select d.sku, d.name, d.description, d.attributes, d.tags, d.weight_grams, d.released_on
  from pg_temp.pgmi_source_view s
 cross join lateral pg_catalog.jsonb_to_recordset(s.content::jsonb) as d (
       sku text, name text, description text, attributes jsonb, tags text[], weight_grams integer, released_on date)
 where s.path = './seeds/products.json'
on conflict (sku) do update
   set name = excluded.name,
       description = excluded.description,
       attributes = excluded.attributes,
       tags = excluded.tags,
       weight_grams = excluded.weight_grams,
       released_on = excluded.released_on
 where (p.name, p.description, p.attributes, p.tags, p.weight_grams, p.released_on)
       is distinct from
       (excluded.name, excluded.description, excluded.attributes, excluded.tags, excluded.weight_grams, excluded.released_on);

insert into catalog.product_categories (product_id, category_id)
select p.id, c.id
  from pg_temp.pgmi_source_view s
 cross join lateral pg_catalog.jsonb_to_recordset(s.content::jsonb) as d (sku text, categories text[])
  join catalog.products p on p.sku = d.sku
  join catalog.categories c on c.slug = any (d.categories)
 where s.path = './seeds/products.json'
on conflict do nothing;
