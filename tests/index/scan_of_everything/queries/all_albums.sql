select * from album
