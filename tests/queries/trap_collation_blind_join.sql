--! $code text not null
--! id int4 not null
--! many
select l.id from label l join genre g on g.name = l.code where l.code = $code collate blind
