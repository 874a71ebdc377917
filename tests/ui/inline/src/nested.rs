pub mod deeper {
    pub async fn names(client: &impl pgmi::Client) -> pgmi::Result<String> {
        let rows = pgmi::query!("select \
            name\n from artist order by id /* \u{e9} */")
            .fetch(client)
            .await?;
        Ok(rows.into_iter().map(|row| row.name).collect::<Vec<_>>().join(", "))
    }
}
