--! $id int4 not null
--! ctid tid null
--! tableoid oid null
--! xmin xid null
--! one
insert into log (id) values ($id) returning ctid, tableoid, xmin
