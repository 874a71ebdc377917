insert into "Sales Dept"."Odd Table" as t ("type", "Mixed", "1st", "row", matrix) values ($type, $mixed, $first, $row, $matrix)
