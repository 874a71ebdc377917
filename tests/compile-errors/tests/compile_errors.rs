//! Each file of `cases` is refused in the words beside it; `TRYBUILD=overwrite` writes them. What needs a build
//! script is a crate of `tests/ui`.

#[test]
fn what_is_wrong_is_said_in_these_words() {
    trybuild::TestCases::new().compile_fail("cases/*.rs");
}
