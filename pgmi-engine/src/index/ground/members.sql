-- Which operators the families of operator classes can look for, or sort by.
-- Run by ground/read.rs, once per analysis.
select a.amopopr,
       a.amopfamily,
       a.amopstrategy::int4,
       a.amoppurpose = 'o' as sorts
from pg_catalog.pg_amop as a
