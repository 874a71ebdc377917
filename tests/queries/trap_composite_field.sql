--! street text null
--! name text null
--! many
--! imprecise: name of artist is NOT NULL, and the value is a stored row
select (a).street as street, (r.x).name as name from (select address as a from customer) c, (select artist as x from artist) r
