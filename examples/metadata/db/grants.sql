/*
<pgmi-meta id="77d1b2a3-90ab-4cde-8f01-23456789abcd" idempotent="true">
  <description>Runs twice: after the tables, and again after the views</description>
  <sortKeys>
    <key>150/grants</key>
    <key>900/grants</key>
  </sortKeys>
</pgmi-meta>
*/
grant usage on schema library to library_reader;
grant select on all tables in schema library to library_reader;
