select 'only the deploy.sql at the top is special';
