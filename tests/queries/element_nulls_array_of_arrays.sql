--! wholes text[] not null elements not null
--! tags text[] not null
--! one
select array(select whole from odds where cardinality(whole) = 1) as wholes, array(select tags from album where cardinality(tags) = 1) as tags
