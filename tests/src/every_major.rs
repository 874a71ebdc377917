//! One test for each major that pgmi supports.

/// Writes a test per major: `name::pg14` to `name::pg18`.
///
/// The function takes a fresh database, or the number of the major.
///
/// ```ignore
/// on_every_major! {
///     fn answers(db: &Database) {
///         assert_eq!(db.client().query_one("select 1", &[]).unwrap().get::<_, i32>(0), 1);
///     }
///
///     fn starts(major: u16) {
///         isolated(major);
///     }
/// }
/// ```
#[macro_export]
macro_rules! on_every_major {
    () => {};
    ($(#[$attribute:meta])* fn $name:ident($db:ident: &Database) $body:block $($rest:tt)*) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;
            fn run($db: &$crate::Database) $body
            $crate::on_every_major!(
                @tests [$(#[$attribute])*] |major| run(&$crate::Database::create(major))
            );
        }
        $crate::on_every_major!($($rest)*);
    };
    ($(#[$attribute:meta])* fn $name:ident($major:ident: u16) $body:block $($rest:tt)*) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;
            fn run($major: u16) $body
            $crate::on_every_major!(@tests [$(#[$attribute])*] |major| run(major));
        }
        $crate::on_every_major!($($rest)*);
    };
    (@tests $attributes:tt |$major:ident| $run:expr) => {
        $crate::on_every_major!(@test $attributes pg14 14 |$major| $run);
        $crate::on_every_major!(@test $attributes pg15 15 |$major| $run);
        $crate::on_every_major!(@test $attributes pg16 16 |$major| $run);
        $crate::on_every_major!(@test $attributes pg17 17 |$major| $run);
        $crate::on_every_major!(@test $attributes pg18 18 |$major| $run);
    };
    (@test [$(#[$attribute:meta])*] $name:ident $number:literal |$major:ident| $run:expr) => {
        #[test]
        $(#[$attribute])*
        fn $name() {
            let $major: u16 = $number;
            $run
        }
    };
}
