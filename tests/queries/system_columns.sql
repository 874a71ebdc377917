--! ctid tid not null
--! tableoid oid not null
--! xmin xid not null
--! many
select ctid, tableoid, xmin from artist
