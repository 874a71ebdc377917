//! What leads to a client is one.

use std::sync::Arc;

use super::Client;
use crate::cached::Kept;

macro_rules! pointer {
    ($($pointer:ty: $($bound:path),+;)+) => {$(
        impl<C: $($bound +)+ ?Sized> Client for $pointer {
            fn client(&self) -> &tokio_postgres::Client {
                (**self).client()
            }

            fn statements(&self) -> Option<Kept<'_>> {
                (**self).statements()
            }

            fn pooled_statements(&self) -> Option<Kept<'_>> {
                (**self).pooled_statements()
            }
        }
    )+};
}

pointer! {
    &C: Client;
    &mut C: Client;
    Box<C>: Client;
    Arc<C>: Client, Send;
}
