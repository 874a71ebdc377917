--! $id int4 not null
--! Mixed Case int4 not null
--! select text not null
--! zero_or_one
select "Mixed Case", "select" from "Odd Name" where "Mixed Case" = $id
