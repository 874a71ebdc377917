select count(*) as n from album
