use pgmi_test_bindings::db::RenameAlbum;

fn twice(rename: &RenameAlbum<'_>, transaction: &tokio_postgres::Transaction<'_>) {
    let _ = pgmi::Retry::times(3).fetch(rename, transaction);
}

fn main() {
    let _ = twice;
}
