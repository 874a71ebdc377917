-- What a deployment left in a database: objects by schema and kind, with the rows of tables.
-- Who runs it: `cargo pgmi deploy --throwaway`, when the deployment has succeeded.
with relation as (
    select n.nspname as schema,
           case c.relkind
               when 'r' then 'table' when 'p' then 'partitioned table' when 'v' then 'view'
               when 'm' then 'materialized view' when 'S' then 'sequence' when 'f' then 'foreign table'
               when 'i' then 'index' when 'I' then 'partitioned index' else 'type' end as kind,
           case when c.relkind in ('r', 'm') then
               (pg_catalog.xpath('/row/n/text()', pg_catalog.query_to_xml(
                   pg_catalog.format('select count(*) as n from %I.%I', n.nspname, c.relname),
                   false, true, '')))[1]::text::bigint end as rows
      from pg_catalog.pg_class as c
      join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f', 'i', 'I')
       -- Counting would meet the temporary tables of the session that has just ended.
       and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
), routine as (
    select n.nspname as schema,
           case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end as kind,
           null::bigint as rows
      from pg_catalog.pg_proc as p
      join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
     where n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
), object as (
    select * from relation union all select * from routine
)
select o.schema::text, o.kind::text, pg_catalog.count(*), pg_catalog.sum(o.rows)::bigint
  from object as o
 group by o.schema, o.kind
 order by o.schema, o.kind
