//! One type, round the way: text to PostgreSQL, bytes to Rust, bytes back, and PostgreSQL compares.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use super::holder::Holder;
use pgmi::types::{Array, ArrayRef, Domain, Multirange, Range};
use postgres::Client;
use postgres::types::{FromSqlOwned, ToSql};

/// What a Rust type must be able to do.
pub trait Value: FromSqlOwned + ToSql + Sync + Clone + PartialEq + Debug {}

impl<T: FromSqlOwned + ToSql + Sync + Clone + PartialEq + Debug> Value for T {}

/// A database, and the types that were tried in it.
pub struct Ground {
    pub client: Client,
    pub tried: Vec<&'static str>,
    number: usize,
}

impl Ground {
    pub fn new(mut client: Client) -> Self {
        client
            .batch_execute(
                "set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'postgres';
                 set extra_float_digits = 1; set bytea_output = 'hex'; set lc_monetary = 'C'",
            )
            .unwrap();
        Self { client, tried: Vec::new(), number: 0 }
    }

    /// Every place of a type: alone, NULL, in arrays, under domains, in ranges.
    pub fn try_everywhere<T: Value>(&mut self, sql: &'static str, values: &[&str]) {
        self.tried.push(sql);
        let mut decoded = Vec::new();
        for value in values {
            decoded.push(self.scalar::<T>(sql, &literal(value)));
        }
        self.null::<T>(sql);
        self.arrays::<T>(sql, values, &decoded);
        self.domain::<T>(sql, values, &decoded);
        self.composite::<T>(sql, values);
        self.range::<T>(sql, values);
    }

    /// The same; `Display` says what PostgreSQL says.
    pub fn try_shown<T: Value + Display>(&mut self, sql: &'static str, values: &[&str]) {
        self.try_everywhere::<T>(sql, values);
        for value in values {
            let (text, value) = self.both::<T>(sql, value);
            assert_eq!(value.to_string(), text, "Display of {sql}");
        }
    }

    /// The same; `FromStr` reads what PostgreSQL says.
    pub fn try_parsed<T: Value + Display + FromStr<Err: Debug>>(
        &mut self,
        sql: &'static str,
        values: &[&str],
    ) {
        self.try_shown::<T>(sql, values);
        for value in values {
            let (text, value) = self.both::<T>(sql, value);
            assert_eq!(text.parse::<T>().unwrap(), value, "FromStr of {sql}: {text}");
        }
    }

    fn both<T: Value>(&mut self, sql: &str, value: &str) -> (String, T) {
        let value = literal(value);
        let query = format!("select format('%s', {value}::{sql}), {value}::{sql}");
        let row = self.client.query_one(&query, &[]).unwrap();
        (row.get(0), row.get(1))
    }

    /// Reads an expression of a type and writes it again.
    pub fn scalar<T: Value>(&mut self, sql: &str, expression: &str) -> T {
        let query = format!("select {expression}::{sql}");
        let row = self.client.query_one(&query, &[]).unwrap_or_else(|it| panic!("{query}: {it:?}"));
        let value: T = row.try_get(0).unwrap_or_else(|error| panic!("{query}: {error:?}"));
        self.same(&value, sql, expression);
        value
    }

    /// PostgreSQL finds a parameter to be what it read from text.
    pub fn same<T: ToSql + Sync + Debug>(&mut self, value: &T, sql: &str, expression: &str) {
        let query = format!("select format('%L', $1::{sql}), format('%L', {expression}::{sql})");
        let row = self.client.query_one(&query, &[value]);
        let row = row.unwrap_or_else(|error| panic!("{query} with {value:?}: {error:?}"));
        let [sent, meant]: [String; 2] = [row.get(0), row.get(1)];
        assert_eq!(sent, meant, "{query} with {value:?}");
    }

    fn null<T: Value>(&mut self, sql: &str) {
        let value: Option<T> = self.scalar(sql, "null");
        assert_eq!(value, None);
        let row = self.client.query_one(&format!("select null::{sql}"), &[]).unwrap();
        assert!(row.try_get::<_, T>(0).is_err(), "{sql}: NULL is no value");
    }

    fn arrays<T: Value>(&mut self, sql: &str, values: &[&str], decoded: &[T]) {
        let array = format!("{sql}[]");
        let elements: Vec<_> = values.iter().map(|value| literal(value)).collect();
        let list = format!("array[{},null]::{array}", elements.join(","));
        let expected: Vec<_> = decoded.iter().cloned().map(Some).chain([None]).collect();
        let read: Vec<Option<T>> = self.scalar(&array, &list);
        assert_eq!(read, expected, "{array}");
        self.same(&&expected[..], &array, &list);
        self.same(&decoded, &array, &format!("array[{}]::{array}", elements.join(",")));
        let empty: Array<Option<T>> = self.scalar(&array, "'{}'");
        assert!(empty.elements().is_empty() && empty.dimensions().is_empty());
        self.borrowed_array(sql, &list, &expected);
        self.matrix::<T>(&array, &elements, decoded);
    }

    fn borrowed_array<T: Value>(&mut self, sql: &str, list: &str, expected: &[Option<T>]) {
        let row = self.client.query_one(&format!("select {list}"), &[]).unwrap();
        let borrowed: ArrayRef<'_, Option<T>> = row.get(0);
        let read: Vec<_> = borrowed.iter().map(Result::unwrap).collect();
        assert_eq!(read, expected, "{sql}[]");
    }

    /// Two dimensions with bounds of their own.
    fn matrix<T: Value>(&mut self, array: &str, elements: &[String], decoded: &[T]) {
        let (first, last) = (&elements[0], elements.last().unwrap());
        let rows = format!("array[[{first},null],[{last},{first}]]::{array}");
        let bounds = format!("('[3:4][-1:0]=' || ({rows})::text)::{array}");
        let read: Array<Option<T>> = self.scalar(array, &bounds);
        assert_eq!(read.get(&[4, -1]).unwrap().as_ref(), decoded.last(), "{array}");
        assert_eq!(read.get(&[3, 0]), Some(&None), "{array}");
        assert_eq!(read.get(&[2, 0]), None, "{array}");
    }

    fn domain<T: Value>(&mut self, sql: &str, values: &[&str], decoded: &[T]) {
        self.number += 1;
        let domain = format!("domain_{}", self.number);
        self.run(&format!(
            "create domain {domain} as {sql}; create domain {domain}_again as {domain};
             create domain {domain}_array as {sql}[]"
        ));
        for (value, decoded) in values.iter().zip(decoded) {
            let value = literal(value);
            let read: Domain<T> = self.scalar(&domain, &value);
            assert_eq!(read.0, *decoded);
            self.same(&Domain(decoded), &format!("{domain}_again"), &value);
            self.same(&Domain(Some(decoded)), &format!("{domain}_again"), &value);
            let array = format!("array[{value},null]");
            self.scalar::<Domain<Vec<Option<T>>>>(&format!("{domain}_again[]"), &array);
            self.scalar::<Domain<Vec<Option<T>>>>(&format!("{domain}_array"), &array);
            self.scalar::<Domain<Array<Option<T>>>>(&format!("{domain}[]"), &array);
        }
    }

    /// As a field, in an array, under a domain, in a composite in an array in a composite.
    fn composite<T: Value>(&mut self, sql: &str, values: &[&str]) {
        let number = self.number;
        let (inner, outer) = (format!("inner_{number}"), format!("outer_{number}"));
        self.run(&format!(
            "create type {inner} as (one {sql}, gone text, many {sql}[], under domain_{number});
             alter type {inner} drop attribute gone;
             create type {outer} as (one {inner}, many {inner}[], under domain_{number}_again)"
        ));
        for value in values.iter().copied().map(literal).chain(["null".to_owned()]) {
            let row = format!("row({value},array[{value},null]::{sql}[],{value})::{inner}");
            self.scalar::<Holder<T, T>>(&inner, &row);
            let nested = format!("row({row},array[{row},null],{value})");
            self.scalar::<Holder<Holder<T, T>, T>>(&outer, &nested);
        }
        self.scalar::<Option<Holder<T, T>>>(&inner, "null");
    }

    /// Of types that have an order, a range and a multirange can be made.
    fn range<T: Value>(&mut self, sql: &str, values: &[&str]) {
        let name = format!("range_{}", self.number);
        let create = format!(
            "create type {name} as range (subtype = {sql}, multirange_type_name = multi_{name})"
        );
        if self.client.batch_execute(&create).is_err() {
            return;
        }
        self.run(&format!("create domain {name}_domain as {name}"));
        for value in values.first().into_iter().chain(values.last()) {
            let value = literal(value);
            for expression in [
                "'empty'".to_owned(),
                "'(,)'".to_owned(),
                format!("{name}({value}, null, '[)')"),
                format!("{name}(null, {value}, '()')"),
                format!("{name}({value}, {value}, '[]')"),
            ] {
                self.scalar::<Range<T>>(&name, &expression);
                self.scalar::<Vec<Range<T>>>(
                    &format!("{name}[]"),
                    &format!("array[{expression}::{name}]"),
                );
                self.scalar::<Domain<Range<T>>>(&format!("{name}_domain"), &expression);
                // The driver does not say what a user's multirange is of; that of a built-in type is found.
                if !self.is_built_in(sql) || sql == "jsonb" {
                    continue;
                }
                let multi = format!("multi_{name}({expression}::{name})");
                self.scalar::<Multirange<T>>(&format!("multi_{name}"), &multi);
                let multis = format!("array[{multi},null]");
                self.scalar::<Vec<Option<Multirange<T>>>>(&format!("multi_{name}[]"), &multis);
            }
        }
    }

    fn is_built_in(&mut self, sql: &str) -> bool {
        let query = format!("select '{sql}'::regtype::oid < 10000");
        self.client.query_one(&query, &[]).unwrap().get(0)
    }

    pub fn run(&mut self, sql: &str) {
        self.client.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error:?}"));
    }
}

/// A literal of SQL.
pub fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
