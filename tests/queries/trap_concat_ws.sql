--! a text not null
--! b text null
--! c text not null
--! d text not null
--! many
select concat_ws(', ', name, bio) as a, concat_ws(bio, name) as b, format('%s', bio) as c, quote_nullable(bio) as d from artist
