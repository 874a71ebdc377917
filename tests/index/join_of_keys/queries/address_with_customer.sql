select a.street, c.name from address a join customer c on c.id = a.customer where a.id = $id
