use pgmi_test_bindings::db::ListAlbums;

fn no_client(url: &String) {
    let _ = ListAlbums.fetch(url);
    let _ = ListAlbums.fetch_blocking(&mut 1);
}

fn main() {
    let _ = no_client;
}
