select id, name, joined from member where active = $active
