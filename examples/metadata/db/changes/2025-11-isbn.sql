/*
<pgmi-meta id="c1b7a0f6-8c1d-4a55-b3a4-7e1f3f0d9b11" idempotent="false">
  <description>Books get an ISBN; old ones have none</description>
  <sortKeys><key>200/2025-11</key></sortKeys>
</pgmi-meta>
*/
alter table library.books add column isbn library.isbn unique;
