use pgmi_test_bindings::db::AddAlbum;

async fn twice(album: &AddAlbum<'_>, client: &tokio_postgres::Client) -> pgmi::Result<()> {
    pgmi::Retry::times(3).fetch(album, client).await?;
    Ok(())
}

fn main() {
    let _ = twice;
}
