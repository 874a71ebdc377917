use pgmi_test_bindings::db::{AlbumById, RenameAlbum};

fn main() {
    let _ = RenameAlbum { id: 1 };
    let _ = RenameAlbum { id: 1, name: 2 };
    let _ = RenameAlbum { id: None, name: "Blue" };
    let _ = AlbumById { id: 1, title: "Blue" };
}
