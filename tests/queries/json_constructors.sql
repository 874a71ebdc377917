--! o json not null
--! a json not null
--! g json not null
--! h json not null
--! many
--! since 16
select json_object('id': id, 'bio': bio) as o, json_array(id, bio null on null) as a, json_arrayagg(bio) as g, json_objectagg(id: bio) as h from artist group by id, bio
