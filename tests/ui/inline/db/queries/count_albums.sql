select count(*) as albums from album
