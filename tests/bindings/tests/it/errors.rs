//! What a user sees: the query, the column, and what to do next.

use pgmi_test_bindings::db::types::Format;
use pgmi_test_bindings::db::{OneArtist, RenameAlbum, SelectAlbum};
use pgmi_tests::on_every_major;

use super::{block_on, client, fill};

on_every_major! {
    fn errors_name_the_query_the_column_and_the_next_step(db: &Database) {
        fill(db);
        block_on(async {
            let client = client(db).await;
            let many = OneArtist.fetch(&client).await.unwrap_err();
            assert_eq!(
                many.to_string(),
                "query `one_artist`: it returned more than one row, and its signature promises one at most\n\
                 next: if that can be, say `cardinality: many` in its signature file; else look for the row that is \
                 too many"
            );
            client.batch_execute("delete from artist where id <> 1").await.unwrap();
            let null = OneArtist.fetch(&client).await.unwrap_err();
            assert_eq!(
                null.to_string(),
                "query `one_artist`: column `born` is NULL, which it never was when the query was compiled\n\
                 next: deploy the project into this database, or build the program against its schema; where its \
                 signature file promised `not_null: true`, take that back"
            );
            client.batch_execute("update artist set born = 'infinity'").await.unwrap();
            assert!(OneArtist.fetch(&client).await.is_ok(), "there is a value for it");
            client.batch_execute("truncate artist cascade").await.unwrap();
            let none = OneArtist.fetch(&client).await.unwrap_err();
            assert!(none.is_no_row() && none.to_string().contains("`cardinality: zero_or_one`"), "{none}");

            client.batch_execute("alter table album drop name").await.unwrap();
            let gone = RenameAlbum { id: 1, name: "" }.execute(&client).await.unwrap_err();
            assert!(gone.is_drift(), "{gone:?}");
            assert_eq!(
                gone.to_string(),
                "query `rename_album`: column \"name\" of relation \"album\" does not exist\n\
                 next: this is not the database it was compiled against: deploy the project into this database, or \
                 build the program against its schema"
            );
            client.batch_execute("alter type format rename to formats").await.unwrap();
            assert!(SelectAlbum { id: 1 }.fetch(&client).await.unwrap_err().is_drift());
        });
    }

    fn a_label_that_is_new_is_an_error_of_its_column(db: &Database) {
        fill(db);
        db.run("alter type format add value 'wax'");
        db.run("update album set format = 'wax'");
        block_on(async {
            let client = client(db).await;
            let error = SelectAlbum { id: 1 }.fetch(&client).await.unwrap_err();
            let said = error.to_string();
            assert!(said.starts_with("query `select_album`: column `format`: "), "{said}");
            assert!(said.contains("had no label `wax`") && !said.contains("deserializing"), "{said}");
            assert!(!error.is_closed() && !error.is_transient(), "the connection is as good as before");
        });
    }
}

#[test]
fn text_that_is_no_label_is_an_error_as_others_are() -> Result<(), Box<dyn std::error::Error>> {
    let format: Format = Format::ALL[0].as_str().parse()?;
    assert_eq!(format, Format::ALL[0]);
    let error = "wax".parse::<Format>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the enum `format` had no label `wax` when this program was compiled"
    );
    Ok(())
}
