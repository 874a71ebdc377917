#[pgmi_macros::test]
struct NotAFunction;

#[pgmi_macros::test]
async fn generic<T>(_: T) {}

#[pgmi_macros::test]
async fn takes_itself(self) {}

fn main() {}
