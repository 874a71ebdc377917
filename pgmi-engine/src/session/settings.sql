-- The statements that create database :database as it is now: what --overwrite keeps.
-- Who runs it: the engine, on the maintenance database, before it drops the target. No rows: no such database.
--
-- Kept: encoding, locale and its provider, tablespace, owner, connection limit, settings of the database
-- and of roles in it, comment. Encoding and locale need template0 when they are not those of template1.
with target as (
    select d.*, pg_catalog.to_jsonb(d) as j
      from pg_catalog.pg_database as d
     where d.datname = :database
), template as (
    select d.*, pg_catalog.to_jsonb(d) as j
      from pg_catalog.pg_database as d
     where d.datname = 'template1'
), locale as (
    -- The columns of the locale provider came with 15, datlocale took over from daticulocale with 17.
    select coalesce(t.j ->> 'datlocprovider', 'c') as provider,
           coalesce(t.j ->> 'datlocale', t.j ->> 'daticulocale') as name,
           t.j ->> 'daticurules' as rules,
           t.encoding = m.encoding and t.datcollate = m.datcollate and t.datctype = m.datctype
               and (t.j -> 'datlocprovider') is not distinct from (m.j -> 'datlocprovider')
               and coalesce(t.j ->> 'datlocale', t.j ->> 'daticulocale')
                   is not distinct from coalesce(m.j ->> 'datlocale', m.j ->> 'daticulocale')
               as is_default
      from target as t, template as m
), statement (rank, text) as (
    select 1,
           pg_catalog.format('create database %I owner %I', t.datname, pg_catalog.pg_get_userbyid(t.datdba))
           || case when l.is_default then '' else pg_catalog.format(
                  ' template template0 encoding %L lc_collate %L lc_ctype %L',
                  pg_catalog.pg_encoding_to_char(t.encoding), t.datcollate, t.datctype)
                  || case l.provider
                         when 'i' then pg_catalog.format(' locale_provider icu icu_locale %L', l.name)
                                       || coalesce(' icu_rules ' || pg_catalog.quote_literal(l.rules), '')
                         when 'b' then pg_catalog.format(' locale_provider builtin builtin_locale %L', l.name)
                         else '' end
              end
           || case when s.spcname = 'pg_default' then ''
                   else pg_catalog.format(' tablespace %I', s.spcname) end
           || case when t.datconnlimit = -1 then ''
                   else pg_catalog.format(' connection limit %s', t.datconnlimit) end
      from target as t
     cross join locale as l
      join pg_catalog.pg_tablespace as s on s.oid = t.dattablespace
     union all
    select 2, pg_catalog.format('comment on database %I is %L', t.datname,
                                pg_catalog.shobj_description(t.oid, 'pg_database'))
      from target as t
     where pg_catalog.shobj_description(t.oid, 'pg_database') is not null
     union all
    -- Settings that are lists are stored quoted already, as pg_dumpall knows too.
    select 3,
           case when r.setrole = 0 then pg_catalog.format('alter database %I', t.datname)
                else pg_catalog.format('alter role %I in database %I',
                                       pg_catalog.pg_get_userbyid(r.setrole), t.datname) end
           || ' set '
           || (select pg_catalog.string_agg(pg_catalog.quote_ident(part.name), '.' order by part.ordinality)
                 from pg_catalog.regexp_split_to_table(c.name, '\.') with ordinality as part (name, ordinality))
           || ' to '
           || case when c.name in ('search_path', 'temp_tablespaces', 'session_preload_libraries',
                                   'local_preload_libraries')
                   then c.value else pg_catalog.quote_literal(c.value) end
      from target as t
      join pg_catalog.pg_db_role_setting as r on r.setdatabase = t.oid
     cross join lateral (
               select pg_catalog.split_part(s.setting, '=', 1),
                      pg_catalog.substr(s.setting, pg_catalog.strpos(s.setting, '=') + 1)
                 from unnest(r.setconfig) as s (setting)) as c (name, value)
)
select text from statement order by rank, text
