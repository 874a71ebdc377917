copy users from stdin;
