/*
<pgmi-meta id="c1b7a0f6-8c1d-4a55-b3a4-7e1f3f0d9b12" idempotent="false">
  <description>When a reminder was sent for a loan</description>
  <sortKeys><key>200/2026-02</key></sortKeys>
</pgmi-meta>
*/
alter table library.loans add column reminded_on date;
