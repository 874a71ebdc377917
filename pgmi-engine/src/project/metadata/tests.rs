use super::*;

const ID: &str = "11111111-2222-3333-4444-555555555555";

fn find(content: &str) -> Result<Option<Metadata>, Diagnostic> {
    Metadata::find(&ProjectPath::new("a.sql"), content)
}

fn problems(content: &str) -> String {
    let finding = find(content).unwrap_err();
    format!("{}\n{}", finding.message, finding.notes.join("\n"))
}

#[test]
fn reads_a_full_block_wherever_it_stands() {
    let block = format!(
        "<pgmi-meta idempotent=\"1\" id=\"{ID}\" more=\"x\">\n <description> a &lt; b /* c */ </description>\
             <sortKeys><key>001/000</key><key> 002 </key></sortKeys><other/>\n</pgmi-meta> tail"
    );
    for sql in [format!("/* {block} */ select 1;"), format!("/* a /* b */ */ /*\n{block}\n*/")] {
        let metadata = find(&sql).unwrap().unwrap();
        assert_eq!(metadata.id.to_string(), ID);
        assert!(metadata.idempotent);
        assert_eq!(metadata.sort_keys, ["001/000", "002"]);
        assert_eq!(metadata.description, "a < b /* c */");
    }
}

#[test]
fn keys_and_description_may_be_absent() {
    let metadata = find(&format!("/*<pgmi-meta id='{ID}' idempotent='F'/>*/")).unwrap().unwrap();
    assert!(!metadata.idempotent && metadata.sort_keys.is_empty());
}

#[test]
fn literals_and_other_spellings_are_no_block() {
    for sql in [
        "select '/* <pgmi-meta > */'",
        "select $$/* <pgmi-meta > */$$",
        "select \"/* <pgmi-meta > */\"",
        "/* <PGMI-META id=''> */",
        "/* <pgmi-metadata> */",
        "-- <pgmi-meta >",
    ] {
        assert!(find(sql).unwrap().is_none(), "{sql}");
    }
}

#[test]
fn every_problem_is_named() {
    assert!(problems("/* <pgmi-meta > </pgmi-meta> */").contains("1. the attribute id is missing"));
    assert!(
        problems("/* <pgmi-meta > </pgmi-meta> */")
            .contains("2. the attribute idempotent is missing")
    );
    let nil = Uuid::nil();
    assert!(
        problems(&format!("/*<pgmi-meta id='{nil}' idempotent='true'></pgmi-meta>*/"))
            .contains("nil")
    );
    let bad = format!(
        "/*<pgmi-meta id='{ID}' idempotent='yes'><description> </description><sortKeys><key> </key></sortKeys></pgmi-meta>*/"
    );
    let text = problems(&bad);
    for part in ["`yes`", "index 0", "description is blank"] {
        assert!(text.contains(part), "{text}");
    }
    assert!(problems("/* <pgmi:meta> */").contains("outdated"));
    assert!(problems("/* <pgmi-meta id= */").contains("not XML"));
    assert!(problems("/* <pgmi-meta > */").contains("not closed"));
    let block = format!("/*<pgmi-meta id='{ID}' idempotent='1'></pgmi-meta>*/");
    assert!(problems(&format!("{block}{block}")).contains("Multiple metadata blocks found"));
    assert!(problems(&format!("/*<pgmi-meta > {}*/", "x".repeat(10_300))).contains("10240"));
}
