--! later int4[] null
--! many
-- The CHECK looks from the second element on.
select later from tallied
