//! Domains that are types of their own in Rust.

/// Connects a generated struct around a value with the domain of PostgreSQL.
#[doc(hidden)]
#[macro_export]
macro_rules! domain_type {
    ($item:ident, $inside:ty, $name:literal) => {
        impl<'r> $crate::types::generated::FromSql<'r> for $item {
            fn from_sql(
                sql_type: &$crate::types::generated::Type,
                raw: &'r [u8],
            ) -> ::core::result::Result<Self, ::std::boxed::Box<dyn ::std::error::Error + Sync + Send>> {
                let inside: $crate::types::Domain<$inside> =
                    $crate::types::generated::FromSql::from_sql(sql_type, raw)?;
                Ok(Self(inside.0))
            }

            fn accepts(sql_type: &$crate::types::generated::Type) -> bool {
                <$crate::types::Domain<$inside> as $crate::types::generated::FromSql<'static>>::accepts(sql_type)
            }
        }

        impl $crate::types::generated::ToSql for $item {
            fn to_sql(
                &self,
                sql_type: &$crate::types::generated::Type,
                out: &mut $crate::types::generated::BytesMut,
            ) -> ::core::result::Result<
                $crate::types::generated::IsNull,
                ::std::boxed::Box<dyn ::std::error::Error + Sync + Send>,
            > {
                $crate::types::generated::ToSql::to_sql(&$crate::types::Domain(&self.0), sql_type, out)
            }

            fn accepts(sql_type: &$crate::types::generated::Type) -> bool {
                <$crate::types::Domain<$inside> as $crate::types::generated::ToSql>::accepts(sql_type)
            }

            $crate::types::generated::to_sql_checked!();
        }

        impl ::core::convert::From<$inside> for $item {
            fn from(inside: $inside) -> Self {
                Self(inside)
            }
        }
    };
}
