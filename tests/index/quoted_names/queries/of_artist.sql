select "Id", "select" from "My Music"."Album List" where "artist ""X" = $artist
