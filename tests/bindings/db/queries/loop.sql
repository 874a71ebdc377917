select "type", "self", "a-b", "a_b", a1, a_1, "größe", "Mixed", "1st", "row", "it", "None", matrix
from "Sales Dept"."Odd Table" where "type" = $type
