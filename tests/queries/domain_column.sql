--! email email not null
--! required_note required null
--! many
select email, required_note from customer
