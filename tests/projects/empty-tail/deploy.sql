-- What follows the commit is no statement: all of this is one message.
begin;

select 'the only work';

commit;

-- The end of the deployment.
/* Really, /* even here */ the end. */

