select 'ü';
