-- The fixture: every test of this folder starts from here, and is rolled back to here.
select add_note('ada', 'The engine weaves algebraical patterns.');
