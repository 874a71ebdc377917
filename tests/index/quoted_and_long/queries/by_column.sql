select id from "Wide Table with ""quotes"" and a name as long as names may be" where "Column: ünïcödé, with a comma and a name of many letters" = $value
