-- The fixture: every test of this folder starts from here, and is rolled back to here. Real notes may be there
-- already, so tests look at what is theirs.
select add_note('test: ada', 'The engine weaves algebraical patterns.');
