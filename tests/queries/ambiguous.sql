--! error could not determine data type of parameter $1 at $x
--! help say what type it has, such as $x::text
select $x is null as missing
