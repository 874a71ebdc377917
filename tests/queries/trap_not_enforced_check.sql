--! loose text null
--! many
select loose from doubted
--! until 17
