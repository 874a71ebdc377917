/*
<pgmi-meta id="7b4a1f0c-6c3e-4f0e-9a86-3d2f0d7f6a11" idempotent="true">
  <description>Creates users.</description>
  <sortKeys><key>010</key></sortKeys>
</pgmi-meta>
*/
create table if not exists users (id int);
