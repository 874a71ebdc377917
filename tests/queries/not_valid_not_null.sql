--! id int4 not null
--! word text null
--! many
select id, word from trusted
