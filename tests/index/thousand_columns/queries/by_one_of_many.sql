select id, c1, c999 from wide where c500 = $value
