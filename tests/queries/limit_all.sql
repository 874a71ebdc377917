--! n int8 not null
--! one
select count(*) as n from genre limit all
