/*
<pgmi-meta id="not-a-uuid" idempotent="yes">
  <description>Creates users.</description>
  <sortKeys><key> </key></sortKeys>
</pgmi-meta>
*/
create table if not exists users (id int);
