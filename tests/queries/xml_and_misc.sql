--! e xml null
--! f xml null
--! s name null
--! u name not null
--! t time not null
--! many
--! imprecise: XMLELEMENT is never NULL, and the search path of the test names a schema that exists
select xmlelement(name a, bio) as e, xmlforest(bio as b) as f, current_schema as s, current_user as u, localtime as t from artist
