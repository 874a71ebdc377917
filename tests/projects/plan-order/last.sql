/*
<pgmi-meta id="0d6f1a52-4a3e-4a59-9c3b-2b7b6f2f0002" idempotent="true">
  <sortKeys><key>999/999</key></sortKeys>
</pgmi-meta>
*/
insert into executed (name) values ('last');
