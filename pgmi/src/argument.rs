//! What can be written for a parameter where NULL means something.
//!
//! A binding's field is an `Option`; `query!` takes what people have at hand: a value, an `Option`, either of
//! them by reference. Calls of generated code, and nothing to call by hand.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

/// Something to borrow a `T` from, or nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no value for a parameter of the type `Option<&{T}>`",
    label = "expected `Option<&{T}>`, or `{T}` where it is not NULL"
)]
pub trait Nullable<T: ?Sized> {
    /// The value, if there is one.
    fn nullable(&self) -> Option<&T>;
}

/// A `T`, or nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no value for a parameter of the type `Option<{T}>`",
    label = "expected `Option<{T}>`, or `{T}` where it is not NULL"
)]
pub trait NullableValue<T> {
    /// The value, if there is one.
    fn nullable(self) -> Option<T>;
}

impl<T> NullableValue<T> for T {
    fn nullable(self) -> Option<T> {
        Some(self)
    }
}

impl<T> NullableValue<T> for Option<T> {
    fn nullable(self) -> Self {
        self
    }
}

impl<T: ?Sized> Nullable<T> for T {
    fn nullable(&self) -> Option<&T> {
        Some(self)
    }
}

impl<T: ?Sized> Nullable<T> for &T {
    fn nullable(&self) -> Option<&T> {
        Some(self)
    }
}

impl<T> Nullable<T> for Option<T> {
    fn nullable(&self) -> Option<&T> {
        self.as_ref()
    }
}

impl<T: ?Sized> Nullable<T> for Option<&T> {
    fn nullable(&self) -> Option<&T> {
        *self
    }
}

impl<T> Nullable<T> for &Option<T> {
    fn nullable(&self) -> Option<&T> {
        self.as_ref()
    }
}

/// What owns a `T` in another form.
macro_rules! owners {
    ($(($($generics:tt)*) $owner:ty => $referent:ty;)+) => {$(
        impl<$($generics)*> Nullable<$referent> for $owner {
            fn nullable(&self) -> Option<&$referent> {
                Some(self)
            }
        }

        impl<$($generics)*> Nullable<$referent> for &$owner {
            fn nullable(&self) -> Option<&$referent> {
                Some(self)
            }
        }

        impl<$($generics)*> Nullable<$referent> for Option<$owner> {
            fn nullable(&self) -> Option<&$referent> {
                self.as_deref()
            }
        }

        impl<$($generics)*> Nullable<$referent> for &Option<$owner> {
            fn nullable(&self) -> Option<&$referent> {
                self.as_deref()
            }
        }

        impl<$($generics)*> Nullable<$referent> for Option<&$owner> {
            fn nullable(&self) -> Option<&$referent> {
                self.map(|owner| &**owner)
            }
        }
    )+};
}

owners! {
    () String => str;
    () Box<str> => str;
    () Arc<str> => str;
    () Rc<str> => str;
    () Cow<'_, str> => str;
    (T) Vec<T> => [T];
    (T) Box<[T]> => [T];
    (T) Arc<[T]> => [T];
}

impl<T, const N: usize> Nullable<[T]> for [T; N] {
    fn nullable(&self) -> Option<&[T]> {
        Some(self)
    }
}

impl<T, const N: usize> Nullable<[T]> for &[T; N] {
    fn nullable(&self) -> Option<&[T]> {
        Some(*self)
    }
}

impl<T, const N: usize> Nullable<[T]> for Option<&[T; N]> {
    fn nullable(&self) -> Option<&[T]> {
        self.map(|it| it.as_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text<T: Nullable<str> + ?Sized>(value: &T) -> Option<&str> {
        value.nullable()
    }

    #[test]
    fn text_comes_in_many_forms() {
        let owned = String::from("a");
        assert_eq!(text("a"), Some("a"));
        assert_eq!(text(&"a"), Some("a"));
        assert_eq!(text(&owned), Some("a"));
        assert_eq!(text(&&owned), Some("a"));
        assert_eq!(text(&Some("a")), Some("a"));
        assert_eq!(text(&Some(owned.clone())), Some("a"));
        assert_eq!(text(&&Some(owned.clone())), Some("a"));
        assert_eq!(text(&Some(&owned)), Some("a"));
        assert_eq!(text(&Cow::from("a")), Some("a"));
        assert_eq!(text(&None::<String>), None);
    }

    #[test]
    fn values_and_slices_do_too() {
        fn number(value: impl NullableValue<i64>) -> Option<i64> {
            value.nullable()
        }
        fn bytes<T: Nullable<[u8]> + ?Sized>(value: &T) -> Option<&[u8]> {
            value.nullable()
        }
        assert_eq!((number(1), number(Some(1)), number(None)), (Some(1), Some(1), None));
        assert_eq!(bytes(b"a"), Some(&b"a"[..]));
        assert_eq!(bytes(&vec![1, 2]), Some(&[1, 2][..]));
        assert_eq!(bytes(&Some(vec![1])), Some(&[1][..]));
    }
}
