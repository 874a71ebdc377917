use pgmi_test_bindings::db::AddAlbum;

async fn copied(albums: Vec<AddAlbum<'_>>, client: &tokio_postgres::Client) -> pgmi::Result<u64> {
    AddAlbum::copy_in(albums, client).await
}

fn main() {
    let _ = copied;
}
