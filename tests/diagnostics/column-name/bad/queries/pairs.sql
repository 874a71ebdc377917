select a.id, b.id from album as a join album as b on a.id < b.id
