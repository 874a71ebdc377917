select a.id, t."it" as "self.it", t."row" as "self.None", t."type" as "self.row"
from album a left join "Sales Dept"."Odd Table" t on t."type" = a.id
where a.id = $id
