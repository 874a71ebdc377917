// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug, Clone, PartialEq)]
pub struct AlbumById {
    pub id: i64,
    pub artist: Option<i64>,
    pub name: String,
    pub released: chrono::NaiveDate,
}
pub struct AlbumByIdBorrowed<'a> {
    pub id: i64,
    pub artist: Option<i64>,
    pub name: &'a str,
    pub released: chrono::NaiveDate,
}
impl<'a> From<AlbumByIdBorrowed<'a>> for AlbumById {
    fn from(
        AlbumByIdBorrowed {
            id,
            artist,
            name,
            released,
        }: AlbumByIdBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            artist,
            name: name.into(),
            released,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct AlbumsSince {
    pub id: i64,
    pub artist: Option<i64>,
    pub name: String,
    pub released: chrono::NaiveDate,
}
pub struct AlbumsSinceBorrowed<'a> {
    pub id: i64,
    pub artist: Option<i64>,
    pub name: &'a str,
    pub released: chrono::NaiveDate,
}
impl<'a> From<AlbumsSinceBorrowed<'a>> for AlbumsSince {
    fn from(
        AlbumsSinceBorrowed {
            id,
            artist,
            name,
            released,
        }: AlbumsSinceBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            artist,
            name: name.into(),
            released,
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct AlbumByIdQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<AlbumByIdBorrowed, tokio_postgres::Error>,
    mapper: fn(AlbumByIdBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AlbumByIdQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(AlbumByIdBorrowed) -> R) -> AlbumByIdQuery<'c, 'a, 's, C, R, N> {
        AlbumByIdQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct AlbumsSinceQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<AlbumsSinceBorrowed, tokio_postgres::Error>,
    mapper: fn(AlbumsSinceBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AlbumsSinceQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(AlbumsSinceBorrowed) -> R,
    ) -> AlbumsSinceQuery<'c, 'a, 's, C, R, N> {
        AlbumsSinceQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct AlbumByIdStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn album_by_id() -> AlbumByIdStmt {
    AlbumByIdStmt(
        "select id, artist, name, released from album where id = $1",
        None,
    )
}
impl AlbumByIdStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        id: &'a i64,
    ) -> AlbumByIdQuery<'c, 'a, 's, C, AlbumById, 1> {
        AlbumByIdQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<AlbumByIdBorrowed, tokio_postgres::Error> {
                    Ok(AlbumByIdBorrowed {
                        id: row.try_get(0)?,
                        artist: row.try_get(1)?,
                        name: row.try_get(2)?,
                        released: row.try_get(3)?,
                    })
                },
            mapper: |it| AlbumById::from(it),
        }
    }
}
pub struct AlbumsSinceStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn albums_since() -> AlbumsSinceStmt {
    AlbumsSinceStmt(
        "select id, artist, name, released from album where released >= $1 order by id",
        None,
    )
}
impl AlbumsSinceStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        since: &'a chrono::NaiveDate,
    ) -> AlbumsSinceQuery<'c, 'a, 's, C, AlbumsSince, 1> {
        AlbumsSinceQuery {
            client,
            params: [since],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<AlbumsSinceBorrowed, tokio_postgres::Error> {
                    Ok(AlbumsSinceBorrowed {
                        id: row.try_get(0)?,
                        artist: row.try_get(1)?,
                        name: row.try_get(2)?,
                        released: row.try_get(3)?,
                    })
                },
            mapper: |it| AlbumsSince::from(it),
        }
    }
}
