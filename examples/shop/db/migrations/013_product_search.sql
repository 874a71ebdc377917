-- Full text search: a generated document, weighted by where a word was found.
alter table catalog.products
    add column search pg_catalog.tsvector generated always as (
        pg_catalog.setweight(pg_catalog.to_tsvector('pg_catalog.english', name), 'A')
        || pg_catalog.setweight(pg_catalog.to_tsvector('pg_catalog.english', coalesce(description, '')), 'B')
    ) stored;

create index products_search_idx on catalog.products using gin (search);
