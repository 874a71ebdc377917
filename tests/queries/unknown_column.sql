--! error column "naem" does not exist at naem
select naem from artist where id = $id
