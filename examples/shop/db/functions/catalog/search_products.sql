-- Full text search over products that are on sale, best match first.
create or replace function catalog.search_products(p_query text, p_limit integer default 20)
returns table (product_id bigint, sku shop.sku, name text, headline text, rank real)
language sql
stable
as $$
    select p.id,
           p.sku,
           p.name,
           pg_catalog.ts_headline('pg_catalog.english', coalesce(p.description, p.name), q.query),
           pg_catalog.ts_rank(p.search, q.query)
      from pg_catalog.websearch_to_tsquery('pg_catalog.english', p_query) as q (query)
      join catalog.products p on p.search @@ q.query
     where p.retired_at is null
     order by 5 desc, p.id
     limit p_limit;
$$;
