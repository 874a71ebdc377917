-- Everything in a database that a deployment can shape: kind, name, what it belongs to, definition.
-- Who runs it: the engine, behind a deployment with --record and for drift, with an empty search_path, so
-- that every name in a definition is qualified.
--
-- No oid, no position and no tablespace is in it: what is dumped and restored looks the same. Left out are
-- the system's schemas (temporary ones among them), the schema pgmi, and what belongs to extensions.
with
members as materialized (
    select d.classid, d.objid
      from pg_catalog.pg_depend as d
     where d.deptype = 'e'
),
spaces as materialized (
    select n.oid, n.nspowner, n.nspacl, pg_catalog.quote_ident(n.nspname) as name
      from pg_catalog.pg_namespace as n
     where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgmi')
),
relations as materialized (
    select c.*, n.name || '.' || pg_catalog.quote_ident(c.relname) as name
      from pg_catalog.pg_class as c
      join spaces as n on n.oid = c.relnamespace
     where (c.tableoid, c.oid) not in (select m.classid, m.objid from members as m)
),
routines as materialized (
    select p.*, n.name || '.' || pg_catalog.quote_ident(p.proname)
               || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')' as name
      from pg_catalog.pg_proc as p
      join spaces as n on n.oid = p.pronamespace
     where (p.tableoid, p.oid) not in (select m.classid, m.objid from members as m)
       -- Constructors come with their range type.
       and p.oid not in (select d.objid from pg_catalog.pg_depend as d
                          where d.classid = 'pg_proc'::regclass and d.deptype = 'i')
),
-- Neither row types of tables nor what PostgreSQL makes for another type: arrays, multiranges.
types as materialized (
    select t.*, n.name || '.' || pg_catalog.quote_ident(t.typname) as name
      from pg_catalog.pg_type as t
      join spaces as n on n.oid = t.typnamespace
     where (t.tableoid, t.oid) not in (select m.classid, m.objid from members as m)
       and t.typtype <> 'm'
       and (t.typrelid = 0 or exists (select from pg_catalog.pg_class as c
                                       where c.oid = t.typrelid and c.relkind = 'c'))
       and not exists (select from pg_catalog.pg_type as e where e.typarray = t.oid)
),
columns as materialized (
    select a.*, r.name as relation, r.name || '.' || pg_catalog.quote_ident(a.attname) as name, r.relkind, r.relowner
      from pg_catalog.pg_attribute as a
      join relations as r on r.oid = a.attrelid
     where a.attnum > 0 and not a.attisdropped
),
objects (kind, name, parent, definition) as (
    select 'schema', s.name, null, 'owner ' || s.nspowner::regrole
      from spaces as s
     where s.oid not in (select m.objid from members as m where m.classid = 'pg_namespace'::regclass)
    union all
    select 'extension', pg_catalog.quote_ident(e.extname), null,
           'version ' || e.extversion || ' in schema ' || e.extnamespace::regnamespace
      from pg_catalog.pg_extension as e
    union all
    select 'table', r.name, null, pg_catalog.concat_ws(E'\n',
               case r.relkind when 'p' then 'partitioned by ' || pg_catalog.pg_get_partkeydef(r.oid)
                              when 'f' then 'foreign' end,
               case r.relpersistence when 'u' then 'unlogged' end,
               (select 'of type ' || pg_catalog.format_type(r.reloftype, null) where r.reloftype <> 0),
               (select 'from ' || pg_catalog.string_agg(i.inhparent::regclass::text, ', ' order by i.inhseqno)
                  from pg_catalog.pg_inherits as i
                 where i.inhrelid = r.oid),
               pg_catalog.pg_get_expr(r.relpartbound, r.oid),
               case when r.relrowsecurity then 'row level security' end,
               case when r.relforcerowsecurity then 'row level security for its owner, too' end,
               case r.relreplident
                    when 'f' then 'replica identity full'
                    when 'n' then 'replica identity nothing'
                    when 'i' then (select 'replica identity using ' || i.indexrelid::regclass
                                     from pg_catalog.pg_index as i
                                    where i.indrelid = r.oid and i.indisreplident) end,
               (select 'with ' || pg_catalog.string_agg(o, ', ' order by o collate "C")
                  from pg_catalog.unnest(r.reloptions) as o),
               (select 'server ' || pg_catalog.quote_ident(v.srvname)
                       || coalesce(' ' || pg_catalog.array_to_string(f.ftoptions, ', '), '')
                  from pg_catalog.pg_foreign_table as f
                  join pg_catalog.pg_foreign_server as v on v.oid = f.ftserver
                 where f.ftrelid = r.oid),
               'owner ' || r.relowner::regrole)
      from relations as r
     where r.relkind in ('r', 'p', 'f')
    union all
    select 'column', c.name, c.relation, pg_catalog.concat_ws(' ',
               pg_catalog.format_type(c.atttypid, c.atttypmod),
               (select 'collate ' || c.attcollation::regcollation
                 where c.attcollation <> 0 and c.attcollation <> t.typcollation),
               case when c.attnotnull then 'not null' end,
               case when c.attgenerated <> '' then 'generated always as (' else 'default ' end
                   || pg_catalog.pg_get_expr(d.adbin, d.adrelid)
                   || case c.attgenerated when 's' then ') stored' when 'v' then ') virtual' else '' end,
               case c.attidentity when 'a' then 'generated always as identity'
                                  when 'd' then 'generated by default as identity' end,
               case when c.attstorage <> t.typstorage then 'storage ' || c.attstorage::text end,
               pg_catalog.array_to_string(c.attoptions, ', '),
               pg_catalog.array_to_string(c.attfdwoptions, ', '))
      from columns as c
      join pg_catalog.pg_type as t on t.oid = c.atttypid
      left join pg_catalog.pg_attrdef as d on (d.adrelid, d.adnum) = (c.attrelid, c.attnum)
     where c.relkind in ('r', 'p', 'f')
    union all
    -- NOT NULL stands with the column. What partitions have from their parent cannot change by itself.
    select 'constraint', pg_catalog.quote_ident(k.conname) || ' on ' || coalesce(r.name, t.name),
           coalesce(r.name, t.name), pg_catalog.pg_get_constraintdef(k.oid)
      from pg_catalog.pg_constraint as k
      left join relations as r on r.oid = k.conrelid
      left join types as t on t.oid = k.contypid
     where k.contype not in ('n', 't') and k.conparentid = 0 and coalesce(r.oid, t.oid) is not null
    union all
    -- The index of a constraint stands with that.
    select 'index', x.name, r.name,
           pg_catalog.pg_get_indexdef(i.indexrelid) || case when i.indisvalid then '' else ' INVALID' end
      from pg_catalog.pg_index as i
      join relations as r on r.oid = i.indrelid
      join relations as x on x.oid = i.indexrelid
     where not x.relispartition
       and not exists (select from pg_catalog.pg_constraint as k
                        where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
    union all
    select case r.relkind when 'v' then 'view' else 'materialized view' end, r.name, null,
           pg_catalog.concat_ws(E'\n',
               (select 'with ' || pg_catalog.string_agg(o, ', ' order by o collate "C")
                  from pg_catalog.unnest(r.reloptions) as o),
               'owner ' || r.relowner::regrole,
               pg_catalog.pg_get_viewdef(r.oid))
      from relations as r
     where r.relkind in ('v', 'm')
    union all
    select 'sequence', r.name,
           (select d.refobjid::regclass::text
              from pg_catalog.pg_depend as d
             where d.objid = r.oid and d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass
               and d.deptype in ('a', 'i') and d.refobjsubid > 0),
           pg_catalog.format('%s start %s increment %s minvalue %s maxvalue %s cache %s%s',
               pg_catalog.format_type(s.seqtypid, null), s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
               s.seqcache, case when s.seqcycle then ' cycle' else '' end)
               || E'\nowner ' || r.relowner::regrole
      from pg_catalog.pg_sequence as s
      join relations as r on r.oid = s.seqrelid
    union all
    select case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end, p.name, null,
           'owner ' || p.proowner::regrole || E'\n' || case p.prokind
               when 'a' then (select pg_catalog.concat_ws(E'\n',
                       'of kind ' || a.aggkind::text,
                       'state ' || pg_catalog.format_type(a.aggtranstype, null) || ' by ' || a.aggtransfn,
                       'final ' || nullif(a.aggfinalfn::oid, 0)::regproc,
                       'combine ' || nullif(a.aggcombinefn::oid, 0)::regproc,
                       'initially ' || a.agginitval,
                       'parallel ' || p.proparallel::text)
                  from pg_catalog.pg_aggregate as a
                 where a.aggfnoid = p.oid)
               else pg_catalog.pg_get_functiondef(p.oid) end
      from routines as p
    union all
    select 'trigger', pg_catalog.quote_ident(g.tgname) || ' on ' || r.name, r.name,
           pg_catalog.pg_get_triggerdef(g.oid)
               || case g.tgenabled when 'O' then '' when 'D' then ' disabled'
                                   when 'R' then ' for replicas' else ' always' end
      from pg_catalog.pg_trigger as g
      join relations as r on r.oid = g.tgrelid
     where not g.tgisinternal and g.tgparentid = 0
    union all
    select 'rule', pg_catalog.quote_ident(w.rulename) || ' on ' || r.name, r.name,
           pg_catalog.pg_get_ruledef(w.oid)
      from pg_catalog.pg_rewrite as w
      join relations as r on r.oid = w.ev_class
     where w.rulename <> '_RETURN'
    union all
    select 'event trigger', pg_catalog.quote_ident(g.evtname), null, pg_catalog.concat_ws(' ',
               'on', g.evtevent, 'when tag in ' || pg_catalog.array_to_string(g.evttags, ', '),
               'execute', g.evtfoid::regprocedure, 'enabled ' || g.evtenabled::text, 'owner ' || g.evtowner::regrole)
      from pg_catalog.pg_event_trigger as g
     where (g.tableoid, g.oid) not in (select m.classid, m.objid from members as m)
    union all
    select 'type', t.name, null, pg_catalog.concat_ws(E'\n', case t.typtype
               when 'e' then (select 'enum ' || pg_catalog.string_agg(pg_catalog.quote_literal(l.enumlabel), ', '
                                                                      order by l.enumsortorder)
                                from pg_catalog.pg_enum as l
                               where l.enumtypid = t.oid)
               when 'c' then (select 'composite '
                                     || pg_catalog.string_agg(pg_catalog.quote_ident(a.attname) || ' '
                                                              || pg_catalog.format_type(a.atttypid, a.atttypmod)
                                                              || coalesce((select ' collate ' || a.attcollation::regcollation
                                                                             from pg_catalog.pg_type as y
                                                                            where y.oid = a.atttypid and a.attcollation <> 0
                                                                              and a.attcollation <> y.typcollation), ''),
                                                              ', ' order by a.attnum)
                                from pg_catalog.pg_attribute as a
                               where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped)
               when 'd' then pg_catalog.concat_ws(' ',
                                 'domain over ' || pg_catalog.format_type(t.typbasetype, t.typtypmod),
                                 (select 'collate ' || t.typcollation::regcollation
                                    from pg_catalog.pg_type as b
                                   where b.oid = t.typbasetype and t.typcollation <> b.typcollation),
                                 case when t.typnotnull then 'not null' end,
                                 'default ' || pg_catalog.pg_get_expr(t.typdefaultbin, 0))
               when 'r' then (select pg_catalog.concat_ws(' ',
                                         'range of ' || pg_catalog.format_type(g.rngsubtype, null),
                                         'collate ' || nullif(g.rngcollation, 0)::regcollation,
                                         'canonical ' || nullif(g.rngcanonical::oid, 0)::regproc,
                                         'difference ' || nullif(g.rngsubdiff::oid, 0)::regproc)
                                from pg_catalog.pg_range as g
                               where g.rngtypid = t.oid)
               else 'base type' end,
               'owner ' || t.typowner::regrole)
      from types as t
    union all
    select 'policy', pg_catalog.quote_ident(p.polname) || ' on ' || r.name, r.name, pg_catalog.concat_ws(E'\n',
               case when p.polpermissive then 'permissive' else 'restrictive' end || ' for '
                   || case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
                                    when 'd' then 'delete' else 'all' end,
               'to ' || (select pg_catalog.string_agg(case o when 0 then 'public' else o::regrole::text end, ', '
                                                      order by case o when 0 then '' else o::regrole::text end collate "C")
                           from pg_catalog.unnest(p.polroles) as o),
               'using ' || pg_catalog.pg_get_expr(p.polqual, p.polrelid),
               'with check ' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid))
      from pg_catalog.pg_policy as p
      join relations as r on r.oid = p.polrelid
    union all
    select 'statistics', n.name || '.' || pg_catalog.quote_ident(s.stxname), r.name,
           pg_catalog.pg_get_statisticsobjdef(s.oid)
      from pg_catalog.pg_statistic_ext as s
      join spaces as n on n.oid = s.stxnamespace
      join relations as r on r.oid = s.stxrelid
    union all
    -- Only what differs from the privileges that an object is born with.
    select 'grant', p.kind || ' ' || p.name || ' to ' || case g.grantee when 0 then 'public' else g.grantee::regrole::text end,
           p.parent, g.granted
      from (select 'schema', s.name, s.name, s.nspacl, pg_catalog.acldefault('n', s.nspowner) from spaces as s
             union all
            select case r.relkind when 'S' then 'sequence' else 'table' end, r.name, r.name, r.relacl,
                   pg_catalog.acldefault(case r.relkind when 'S' then 's'::"char" else 'r'::"char" end, r.relowner)
              from relations as r
             union all
            select 'column', c.name, c.relation, c.attacl, pg_catalog.acldefault('c', c.relowner) from columns as c
             union all
            select 'function', f.name, f.name, f.proacl, pg_catalog.acldefault('f', f.proowner) from routines as f
             union all
            select 'type', t.name, t.name, t.typacl, pg_catalog.acldefault('T', t.typowner)
              from types as t) as p (kind, name, parent, acl, born)
     cross join lateral (
           select e.grantee,
                  coalesce(pg_catalog.string_agg(distinct e.what, ', ' order by e.what) filter (where e.is_now), 'nothing') as granted,
                  coalesce(pg_catalog.string_agg(distinct e.what, ', ' order by e.what) filter (where not e.is_now), 'nothing') as born
             from (select x.is_now, x.grantee,
                          (pg_catalog.lower(x.privilege_type)
                           || case when x.is_grantable then ' with grant option' else '' end) collate "C" as what
                     from (select true as is_now, a.* from pg_catalog.aclexplode(p.acl) as a
                            union all
                           select false, a.* from pg_catalog.aclexplode(p.born) as a) as x) as e
            group by e.grantee) as g
     where p.acl is not null and g.granted <> g.born
    union all
    select 'default privileges',
           'of ' || d.defaclrole::regrole || coalesce(' in ' || nullif(d.defaclnamespace, 0)::regnamespace, '')
               || ' on ' || case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions'
                                                 when 'T' then 'types' when 'n' then 'schemas' else d.defaclobjtype::text end,
           null,
           (select pg_catalog.string_agg(i::text, ', ' order by i::text collate "C")
              from pg_catalog.unnest(d.defaclacl) as i)
      from pg_catalog.pg_default_acl as d
    union all
    select 'comment', 'on ' || i.type || ' ' || i.identity, r.name, d.description
      from pg_catalog.pg_description as d
     cross join lateral pg_catalog.pg_identify_object(d.classoid, d.objoid, d.objsubid) as i
      left join relations as r on r.oid = d.objoid and d.classoid = 'pg_class'::regclass
     where (d.objoid >= 16384 or d.objoid = 'public'::regnamespace)
       and d.classoid not in ('pg_extension'::regclass, 'pg_largeobject'::regclass)
       and (i.schema is null or i.schema in (select s.name from spaces as s))
       and i.identity <> 'pgmi'
       and (d.classoid, d.objoid) not in (select m.classid, m.objid from members as m)
)
select o.kind, o.name, o.parent, coalesce(o.definition, '') as definition
  from objects as o
