--! id int4 not null
--! name text not null
--! artist text not null
--! many
select * from inner_view
