//! What is wrong with a query is said at its literal; all of it at once.

macro_rules! count {
    ($table:literal) => {
        pgmi::query!("select count(*) from album as " $table)
    };
}

macro_rules! handed_on {
    ($sql:expr) => {
        pgmi::query!($sql)
    };
}

fn main() {
    let id = 7;
    let (title, nme) = ("Blue", "Blue");
    // PostgreSQL refuses it.
    pgmi::query!("select nme from album where id = $id", id);
    pgmi::query!(
        r#"
        select id,
               'é' as accent,
               relesed
          from album
        "#
    );
    pgmi::query!("select 'a\tb' as \"c\", \u{6e}ot_there from album");
    pgmi::query!("select id from albums");
    pgmi::query!("select id, artist.id from album join artist on artist.id = artist");
    // It is no query.
    pgmi::query!("select $id, :id", id);
    pgmi::query!("select 1; select 2");
    pgmi::query_file!("queries/none.sql");
    // Its arguments do not fit.
    pgmi::query!("select name from album where id = $id", di = id);
    pgmi::query!("select name from album where id = $id and name = $name", id);
    pgmi::query!("select name from album where id = $id", id, id = 8);
    pgmi::query!("select name from album where id = $id", id, title, nme);
    pgmi::query!("select name from album where id = $id", 7);
    pgmi::query!("select name from album where id = $id", id = );
    pgmi::query!("select name from album where id = $1 and name = $2", 7);
    pgmi::query!("select name from album where id = $1", 7, title);
    pgmi::query!("select name from album", id);
    // The build script cannot see it.
    pgmi::query!(concat!("select ", "1"));
    pgmi::query!();
    pgmi::query!("select 1" "as one");
    count!("a");
    handed_on!("select 3 as three");
    // It mentions a type that has no place.
    pgmi::query!("select format from album");
    // And this is fine.
    pgmi::query!("select name from album where id = $id", id);
}
