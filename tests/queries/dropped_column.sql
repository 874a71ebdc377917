--! whole dropped not null
--! a int4 null
--! b text not null
--! many
select d as whole, a, b from dropped d
