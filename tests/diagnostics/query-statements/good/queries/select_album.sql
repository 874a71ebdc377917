with gone as (delete from album where id = $id returning id)
select count(*) from gone;
