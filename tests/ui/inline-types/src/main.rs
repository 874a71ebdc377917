//! Arguments of a wrong type are the compiler's to refuse, with the name of the parameter.

fn main() {
    let number: i32 = 7;
    let _ = pgmi::query!("select name from album where id = $album_id", album_id = number);
    let _ = pgmi::query!("select id from album where name = $title", title = 7);
    let _ = pgmi::query!("update album set note = $remark", remark = 7);
    let _ = pgmi::query!("update album set released = $year", year = "1971");
    let row = pgmi::query!("select name, note from album where id = $id", id = 7);
    async {
        let row = row.fetch(todo::<&tokio_postgres::Client>()).await.unwrap().unwrap();
        let note: String = row.note;
        row.titel
    };
}

fn todo<T>() -> T {
    todo!()
}
