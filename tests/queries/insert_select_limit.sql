--! $id int4 not null -- NULL would keep out every row
--! id int4 not null -- log.id is NOT NULL
--! line text null -- log.line is not NOT NULL
--! zero_or_one -- one row is inserted, or none
insert into log (id, line) select id, bio from artist where id = $id returning id, line
