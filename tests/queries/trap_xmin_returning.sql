--! $id int4 not null
--! ctid tid null
--! tableoid oid null
--! xmin xid null
--! one
--! imprecise: an inserted row has its system columns
insert into log (id) values ($id) returning ctid, tableoid, xmin
