//! What stands in the parentheses of `#[pgmi::test(…)]`.

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Error, Ident, LitInt, LitStr, Result, Token, parenthesized};

use super::function::Function;

/// Every option.
#[derive(Default)]
pub(super) struct Options {
    pub(super) rollback: Option<Ident>,
    pub(super) project: Option<LitStr>,
    pub(super) fixtures: Vec<LitStr>,
    pub(super) parameters: Vec<(String, LitStr)>,
    pub(super) flavor: Flavor,
    /// Where the runtime is spoken of.
    runtime: Option<Ident>,
}

/// The runtime of an async test.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Flavor {
    #[default]
    CurrentThread,
    MultiThread(Option<usize>),
}

const KNOWN: &str = "rollback, project = \"…\", fixtures(\"…\"), parameters(key = \"…\"), flavor = \"…\", worker_threads = …";

impl Parse for Options {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut options = Self::default();
        let mut seen: Vec<String> = Vec::new();
        while !input.is_empty() {
            let name: Ident = input.parse()?;
            let text = name.to_string();
            if seen.contains(&text) {
                return Err(Error::new(name.span(), format!("`{text}` is said twice")));
            }
            options.set(&name, input)?;
            seen.push(text);
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(options)
    }
}

impl Options {
    fn set(&mut self, name: &Ident, input: ParseStream<'_>) -> Result<()> {
        match name.to_string().as_str() {
            "rollback" => self.rollback = Some(name.clone()),
            "project" => {
                input.parse::<Token![=]>()?;
                self.project = Some(input.parse()?);
            }
            "fixtures" => {
                let list;
                parenthesized!(list in input);
                let files = Punctuated::<LitStr, Token![,]>::parse_terminated(&list)?;
                self.fixtures = files.into_iter().collect();
            }
            "parameters" => {
                self.parameters = parameters(input)?;
            }
            "flavor" => {
                input.parse::<Token![=]>()?;
                self.set_flavor(name, &input.parse()?)?;
            }
            "worker_threads" => {
                input.parse::<Token![=]>()?;
                self.set_workers(name, &input.parse()?)?;
            }
            other => {
                let message = format!("there is no option `{other}`; there are {KNOWN}");
                return Err(Error::new(name.span(), message));
            }
        }
        Ok(())
    }

    fn set_flavor(&mut self, name: &Ident, value: &LitStr) -> Result<()> {
        self.runtime = Some(name.clone());
        self.flavor = match (value.value().as_str(), self.flavor) {
            ("current_thread", Flavor::CurrentThread) => Flavor::CurrentThread,
            ("current_thread", Flavor::MultiThread(_)) => {
                return Err(Error::new(value.span(), "one thread has no worker threads"));
            }
            ("multi_thread", Flavor::MultiThread(workers)) => Flavor::MultiThread(workers),
            ("multi_thread", Flavor::CurrentThread) => Flavor::MultiThread(None),
            _ => {
                let message = "there is `current_thread`, the default, and `multi_thread`";
                return Err(Error::new(value.span(), message));
            }
        };
        Ok(())
    }

    fn set_workers(&mut self, name: &Ident, value: &LitInt) -> Result<()> {
        if self.runtime.is_some() && self.flavor == Flavor::CurrentThread {
            return Err(Error::new(name.span(), "one thread has no worker threads"));
        }
        let number: usize = value.base10_parse()?;
        if number == 0 {
            return Err(Error::new(value.span(), "at least one thread has to work"));
        }
        self.runtime = Some(name.clone());
        self.flavor = Flavor::MultiThread(Some(number));
        Ok(())
    }

    /// Whether they suit the function.
    pub(super) fn check(&self, function: &Function) -> Result<()> {
        if let Some(runtime) = self.runtime.as_ref().filter(|_| !function.is_async) {
            let message = format!("`{runtime}` is for async tests: this one has no runtime");
            return Err(Error::new(runtime.span(), message));
        }
        match &self.rollback {
            Some(rollback) if function.parameters != 1 => {
                let message = "a test that is rolled back takes one `pgmi::TestDatabase`";
                Err(Error::new(rollback.span(), message))
            }
            _ => Ok(()),
        }
    }
}

/// `(env = "test")`
pub(crate) fn parameters(input: ParseStream<'_>) -> Result<Vec<(String, LitStr)>> {
    let list;
    parenthesized!(list in input);
    let pairs = Punctuated::<Pair, Token![,]>::parse_terminated(&list)?;
    Ok(pairs.into_iter().map(|Pair(key, value)| (key, value)).collect())
}

/// `env = "test"`, and `"odd-key" = "value"`.
struct Pair(String, LitStr);

impl Parse for Pair {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let key = match input.peek(LitStr) {
            true => input.parse::<LitStr>()?.value(),
            false => input.parse::<Ident>()?.to_string(),
        };
        input.parse::<Token![=]>()?;
        Ok(Self(key, input.parse()?))
    }
}
