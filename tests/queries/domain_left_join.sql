--! email email null
--! required_note required null
--! many
select c.email, c.required_note from artist a left join customer c on c.id = a.id
