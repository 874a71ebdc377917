use super::*;
use crate::diagnostic::{SourceText, render::render};
use crate::signature::{Batch, Dialect, Field, Nullability, TypeName, TypeRef, Verdict};

fn column(name: &str, type_ref: TypeRef, nullability: Nullability) -> Field {
    Field::new(name, type_ref, Verdict::of(nullability).because("a reason"))
}

/// `select id, name … where id = $id`, as inferred.
fn inferred() -> Signature {
    let int8 = TypeRef::built_in("int8");
    Signature {
        parameters: vec![column("id", int8.clone(), Nullability::NotNull)],
        columns: vec![
            column("id", int8, Nullability::NotNull),
            column("name", TypeRef::built_in("text"), Nullability::Nullable),
        ],
        cardinality: Verdict::of(Cardinality::ZeroOrOne).because("album_pkey (id) is bound"),
        idempotent: false,
        batch: Batch::default(),
    }
}

const AGREES: &str = "\
idempotent: false
parameters:
  id:
    type: int8
    not_null: true
result:
  cardinality: zero_or_one
  columns:
    name:
      type: text
      not_null: false
    id:
      type: int8
      not_null: true
";

fn committed(text: &str, dialect: Dialect) -> Committed<SignatureFile> {
    let source = SourceText::new(format!("queries/q{}", dialect.extension()), text);
    Committed { content: SignatureFile::parse(&source).unwrap(), source, dialect }
}

fn held(inferred: &Signature, text: &str) -> Reconciled<Signature> {
    reconcile(inferred, &committed(text, Dialect::Pgmi), &[])
}

/// What one change of the agreeing file leads to.
fn changed(from: &str, to: &str) -> Reconciled<Signature> {
    assert!(AGREES.contains(from));
    held(&inferred(), &AGREES.replacen(from, to, 1))
}

#[test]
fn agreement_changes_nothing_whatever_the_order() {
    let held = held(&inferred(), AGREES);
    assert!(held.findings.is_empty());
    assert_eq!(held.value, inferred());
}

#[test]
fn a_user_may_relax_what_was_inferred() {
    let relaxed = changed("not_null: true", "not_null: false");
    assert!(relaxed.findings.is_empty());
    assert_eq!(relaxed.value.parameters[0].nullability.value, Nullability::Nullable);
    let reasons = &relaxed.value.parameters[0].nullability.reasons;
    assert_eq!(reasons[0], "`queries/q.sig.yaml` says NULL at times");
    assert_eq!(reasons[1..], ["inferred was never NULL", "a reason"]);

    let many = changed("zero_or_one", "many");
    assert!(many.findings.is_empty());
    assert_eq!(many.value.cardinality.value, Cardinality::Many);
}

#[test]
fn what_says_less_is_named_unless_its_line_has_a_remark() {
    assert_eq!(held(&inferred(), AGREES).loose, [""; 0]);
    let relaxed = changed("not_null: true", "not_null: false");
    assert_eq!(relaxed.loose, ["parameter `id` is never NULL"]);
    assert_eq!(changed("zero_or_one", "one").loose, [""; 0], "it says more");
    let many = changed("zero_or_one", "many");
    assert_eq!(many.loose, ["the number of rows is zero_or_one"]);
    assert_eq!(changed("not_null: false", "not_null: true").loose, [""; 0], "it says more");
    for remarked in [
        changed("not_null: true", "not_null: false  # some rows are old"),
        changed("zero_or_one", "many # the key will go"),
        changed(
            "  id:\n    type: int8\n    not_null: true",
            "  \"id\": { type: \"int8\", not_null: false } # NULL for all",
        ),
    ] {
        assert_eq!(remarked.loose, [""; 0]);
    }
    let elsewhere =
        changed("type: int8\n    not_null: true", "type: int8 # a key\n    not_null: false");
    assert_eq!(elsewhere.loose.len(), 1);
}

#[test]
fn a_user_may_tighten_what_was_not_proven() {
    let tightened = changed("not_null: false", "not_null: true");
    assert!(tightened.findings.is_empty());
    assert_eq!(tightened.value.columns[1].nullability.value, Nullability::NotNull);
    let one = changed("zero_or_one", "one");
    assert!(one.findings.is_empty());
    assert_eq!(one.value.cardinality.value, Cardinality::One);
    assert!(changed("idempotent: false", "idempotent: true").value.idempotent);
}

#[test]
fn a_promise_proven_wrong_is_shown_with_the_proof() {
    let mut certain = inferred();
    certain.columns[1].nullability =
        Verdict::of(Nullability::Nullable).certain().because("rollup (name) adds a row of totals");
    certain.cardinality =
        Verdict::of(Cardinality::Many).certain().because("generate_series(1, 3) has 3 rows");
    let text = AGREES.replacen("not_null: false", "not_null: true", 1);
    let held = held(&certain, &text);
    assert_eq!(held.value, certain, "the proof holds");
    let shown: Vec<String> = held.findings.iter().map(|one| render(one, false)).collect();
    assert!(held.findings.iter().all(|one| one.code == Code::SignatureContradiction));
    assert!(
        shown[0].contains("column `name` is never NULL, but it is NULL at times"),
        "{}",
        shown[0]
    );
    assert!(shown[0].contains("queries/q.sig.yaml:11:7"), "{}", shown[0]);
    assert!(shown[0].contains("rollup (name) adds a row of totals"), "{}", shown[0]);
    assert!(shown[1].contains("number of rows is zero_or_one, but it is many"), "{}", shown[1]);
    assert!(shown[1].contains("queries/q.sig.yaml:7:3"), "{}", shown[1]);
}

#[test]
fn a_file_of_another_query_is_stale_once_with_every_difference() {
    for (from, to, text, line) in [
        ("  id:\n    type: int8", "  key:\n    type: int8", "there is no such parameter", 3),
        ("int8", "int4", "the parameter is int8, not int4", 3),
        ("int8", "sales.int8", "the parameter is int8, not sales.int8", 3),
        ("type: text", "type: text[]", "the column is text, not text[]", 9),
        (
            "    id:\n      type: int8\n      not_null: true\n",
            "",
            "column `id` (int8) is missing",
            8,
        ),
    ] {
        let held = changed(from, to);
        assert_eq!(held.findings.len(), 1);
        let finding = &held.findings[0];
        let label = finding.place().unwrap();
        assert_eq!(finding.code, Code::SignatureStale);
        assert_eq!(label.text, text);
        assert_eq!(label.source.line_column(label.span.start).line, line, "{text}");
        assert!(finding.help[0].contains("--accept q"));
    }
    let both = changed("  id:\n    type: int8", "  key:\n    type: int8");
    assert_eq!(both.findings[0].labels.len(), 2, "one is missing, one is too many");
    assert_eq!(both.value, inferred(), "what was inferred holds");
}

#[test]
fn rows_where_there_are_none_and_none_where_there_are() {
    let without = AGREES.split("result:").next().unwrap();
    let missing = held(&inferred(), without);
    assert_eq!(missing.findings[0].code, Code::SignatureStale);
    assert_eq!(missing.value.columns.len(), 2);
    let mut none = inferred();
    (none.columns, none.cardinality) = (Vec::new(), Verdict::of(Cardinality::None));
    assert!(held(&none, without).findings.is_empty());
    let extra = held(&none, AGREES);
    assert_eq!(extra.findings[0].code, Code::SignatureStale);
    assert_eq!(extra.value, none);
}

#[test]
fn elements_follow_the_same_rules() {
    let mut array = inferred();
    array.columns[1] = column("name", TypeRef::built_in("text").array(1), Nullability::Nullable);
    let with = |lines: &str| AGREES.replace("type: text\n", &format!("type: text\n{lines}"));
    let tight = held(&array, &with("      dims: 1\n      element_not_null: true\n"));
    assert!(tight.findings.is_empty());
    let elements = |held: &Reconciled<Signature>| held.value.columns[1].elements.clone().unwrap();
    assert_eq!(elements(&tight).value, Nullability::NotNull);
    let unsaid = held(&array, &AGREES.replace("type: text", "type: text[]"));
    assert_eq!(elements(&unsaid), Verdict::of(Nullability::Nullable));
    let two = held(&array, &with("      dims: 2\n      element_not_null: false\n"));
    assert_eq!(two.findings[0].place().unwrap().text, "the column is text[], not text[][]");
    array.columns[1].elements = Some(Verdict::of(Nullability::Nullable).certain());
    let wrong = held(&array, &with("      dims: 1\n      element_not_null: true\n"));
    assert_eq!(wrong.findings[0].code, Code::SignatureContradiction);
}

#[test]
fn pgenies_names_types_and_dimensions_are_understood() {
    let email = TypeDefinition {
        name: TypeName::new("public", "email"),
        kind: TypeKind::Domain {
            base: TypeRef::built_in("text"),
            nullability: Nullability::NotNull,
        },
    };
    let signature = Signature {
        parameters: vec![column(
            "userId",
            TypeRef::scalar("sales", "Track2Info").array(1),
            Nullability::NotNull,
        )],
        columns: vec![
            column("track1", TypeRef::scalar("public", "email"), Nullability::NotNull),
            column("m", TypeRef::built_in("int4").array(2), Nullability::Nullable),
        ],
        cardinality: Verdict::of(Cardinality::One),
        idempotent: false,
        batch: Batch::default(),
    };
    let text = "\
parameters:
  userid:
    type: track_2_info
    not_null: false
    dims: 1
    element_not_null: false
result:
  cardinality: many
  columns:
    track_1:
      type: text
      not_null: true
    m:
      type: int4
      not_null: false
      dims: 1
      element_not_null: false
";
    let types = [email];
    let held = reconcile(&signature, &committed(text, Dialect::Pgenie), &types);
    assert!(held.findings.is_empty(), "{:?}", held.findings);
    assert_eq!(held.value.parameters[0].type_ref, signature.parameters[0].type_ref);
    assert_eq!(held.value.columns[0].type_ref.name.name, "email");
    assert_eq!(held.value.columns[1].type_ref.dims, 2);
    let ours = reconcile(&signature, &committed(text, Dialect::Pgmi), &types);
    assert_eq!(ours.findings.len(), 1, "our own files are exact");
}

fn type_file(text: &str) -> Committed<TypeFile> {
    let source = SourceText::new("types/public/kind.sig.yaml", text);
    Committed { content: TypeFile::parse(&source).unwrap(), source, dialect: Dialect::Pgmi }
}

#[test]
fn types_must_agree_label_by_label_and_may_be_tightened() {
    let name = TypeName::new("public", "kind");
    let labels = ["CD", "DVD-Audio"].map(str::to_owned).to_vec();
    let definition = TypeDefinition { name: name.clone(), kind: TypeKind::Enum { labels } };
    assert!(
        reconcile_type(&definition, &type_file("enum: [CD, DVD-Audio]"), &[]).findings.is_empty()
    );
    for text in ["enum: [DVD-Audio, CD]", "enum: [CD]", "composite: {}"] {
        let held = reconcile_type(&definition, &type_file(text), &[]);
        assert_eq!(held.findings[0].code, Code::SignatureStale, "{text}");
        assert_eq!(held.value, definition);
    }
    let fields = vec![column("title", TypeRef::built_in("text"), Nullability::Nullable)];
    let definition = TypeDefinition { name, kind: TypeKind::Composite { fields } };
    let tight = "composite:\n  title:\n    type: text\n    not_null: true\n";
    let held = reconcile_type(&definition, &type_file(tight), &[]);
    assert!(held.findings.is_empty());
    let TypeKind::Composite { fields } = held.value.kind else { panic!("still composite") };
    assert_eq!(fields[0].nullability.value, Nullability::NotNull);
    let stale = reconcile_type(&definition, &type_file(&tight.replace("title", "name")), &[]);
    assert_eq!(stale.findings[0].labels.len(), 2);
}
