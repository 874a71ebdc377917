-- What CREATE DATABASE does not take from its template $1: settings and privileges of the database, as
-- statements with room for the name of the copy between the two columns.
-- Who runs it: the engine, before it copies a template.
select case when r.setrole = 0 then 'alter database '
            else 'alter role ' || pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(r.setrole)) || ' in database ' end,
       ' set '
       || (select pg_catalog.string_agg(pg_catalog.quote_ident(part.name), '.' order by part.ordinality)
             from pg_catalog.regexp_split_to_table(c.name, '\.') with ordinality as part (name, ordinality))
       || ' to '
       -- Settings that are lists are stored quoted already, as pg_dumpall knows too.
       || case when c.name in ('search_path', 'temp_tablespaces', 'session_preload_libraries',
                               'local_preload_libraries')
               then c.value else pg_catalog.quote_literal(c.value) end
  from pg_catalog.pg_database as d
  join pg_catalog.pg_db_role_setting as r on r.setdatabase = d.oid
 cross join lateral (
           select pg_catalog.split_part(s.setting, '=', 1),
                  pg_catalog.substr(s.setting, pg_catalog.strpos(s.setting, '=') + 1)
             from unnest(r.setconfig) as s (setting)) as c (name, value)
 where d.datname = $1
 union all
-- PUBLIC may connect and make temporary tables until somebody says otherwise.
select 'revoke all on database ', ' from public'
  from pg_catalog.pg_database as d
 where d.datname = $1
   and d.datacl is not null
 union all
select 'grant ' || a.privilege_type || ' on database ',
       ' to '
       || case when a.grantee = 0 then 'public'
               else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) end
       || case when a.is_grantable then ' with grant option' else '' end
  from pg_catalog.pg_database as d
 cross join lateral pg_catalog.aclexplode(d.datacl) as a
 where d.datname = $1
   and a.grantee <> d.datdba
