--! $id int4 not null
--! $code text not null
--! id int4 not null
--! zero_or_one
-- One value to the eye, two to the key of genre.
select g.id from label l join genre g on g.name = l.code where l.id = $id and l.code = $code collate blind
