//! Independent statements on one connection, without waiting for one before sending the next.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use crate::{Cardinality, Client, Output, Result, Statement};

/// Runs several statements at once: all are sent before the first answer is waited for, so that together they take
/// one round trip. Gives what each of them gives, as `fetch` would.
///
/// ```ignore
/// let (album, artists) = pgmi::pipeline((db::SelectAlbumById { id: 7 }, db::ListArtists), &client).await?;
/// ```
///
/// PostgreSQL runs them one after the other, in this order, each in a transaction of its own unless the client is a
/// transaction. `tokio::try_join!` over the futures of `fetch` does the same: any futures that are awaited
/// together on one client are pipelined. (`fetch` of a file's binding lends it, and `try_join!` wants it to have a name
/// then: `let album = db::SelectAlbumById { id };`.)
///
/// # Errors
/// The first that is met. The statements behind it were sent already and run all the same, except in a transaction.
pub async fn pipeline<P: Pipeline>(statements: P, client: &impl Client) -> Result<P::Output> {
    statements.run(client).await
}

/// A tuple of up to eight statements, for [`pipeline`].
pub trait Pipeline: Sized {
    /// A tuple of what each of them gives.
    type Output;

    #[doc(hidden)]
    fn run(self, client: &impl Client) -> impl Future<Output = Result<Self::Output>> + Send;
}

macro_rules! pipeline {
    ($($statement:ident $future:ident $done:ident),+) => {
        impl<$($statement: Statement + Send),+> Pipeline for ($($statement,)+) {
            type Output = ($(Output<$statement>,)+);

            async fn run(self, client: &impl Client) -> Result<Self::Output> {
                let ($($done,)+) = &self;
                $(let mut $future = pin!($statement::Cardinality::fetch($done, client));)+
                $(let mut $done = None;)+
                poll_fn(move |context| {
                    $(if $done.is_none()
                        && let Poll::Ready(done) = $future.as_mut().poll(context)
                    {
                        $done = Some(done?);
                    })+
                    if $($done.is_none())||+ {
                        return Poll::Pending;
                    }
                    match ($($done.take(),)+) {
                        ($(Some($done),)+) => Poll::Ready(Ok(($($done,)+))),
                        _ => Poll::Pending,
                    }
                })
                .await
            }
        }
    };
}

pipeline!(A a a_done);
pipeline!(A a a_done, B b b_done);
pipeline!(A a a_done, B b b_done, C c c_done);
pipeline!(A a a_done, B b b_done, C c c_done, D d d_done);
pipeline!(A a a_done, B b b_done, C c c_done, D d d_done, E e e_done);
pipeline!(A a a_done, B b b_done, C c c_done, D d d_done, E e e_done, F f f_done);
pipeline!(A a a_done, B b b_done, C c c_done, D d d_done, E e e_done, F f f_done, G g g_done);
pipeline!(A a a_done, B b b_done, C c c_done, D d d_done, E e e_done, F f f_done, G g g_done, H h h_done);
