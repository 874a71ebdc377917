use pgmi_test_bindings::db::AddAlbum;

fn twice(album: &AddAlbum<'_>, client: &tokio_postgres::Client) {
    let _ = pgmi::Retry::times(3).fetch(album, client);
}

fn main() {
    let _ = twice;
}
