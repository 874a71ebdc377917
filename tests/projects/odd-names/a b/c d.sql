select 'a name with a space';
