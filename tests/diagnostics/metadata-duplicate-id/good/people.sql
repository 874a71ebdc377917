/*
<pgmi-meta id="0d9a63f2-3e0c-4ac5-8c5d-5b1a1b3f1f22" idempotent="true">
  <description>Creates users.</description>
  <sortKeys><key>020</key></sortKeys>
</pgmi-meta>
*/
create table if not exists users (id int);
