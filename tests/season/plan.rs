//! What a build would make, for whoever shares it out.

use crate::club::{Club, FILMS, changed, dossier};
use serde_json::Value;

/// The units of a plan; nothing at all is written for it.
fn units(club: &Club, arguments: &[&str]) -> Vec<Value> {
    let before = club.marks("");
    let call = [&["plan", "--json", "--cache", "cache"], arguments].concat();
    let (code, said, text) = club.run(&[], &call);
    assert_eq!(code, 0, "{text}");
    assert_eq!(changed(&before, &club.marks("")), <[&str; 0]>::default());
    let plan: Value = serde_json::from_str(&said).expect("it is JSON");
    assert_eq!((&plan["form"], &plan["cost_unit"]), (&1.into(), &"words of the dossier × editions".into()));
    plan["units"].as_array().expect("units are a list").clone()
}

/// Slug, in the cache, standing.
fn states(units: &[Value]) -> Vec<(&str, bool, bool)> {
    let is = |unit: &Value, name: &str| unit[name].as_bool().expect("yes or no");
    units
        .iter()
        .map(|unit| (unit["slug"].as_str().expect("a name"), is(unit, "cached"), is(unit, "standing")))
        .collect()
}

#[test]
fn a_plan_tells_what_would_be_made_and_of_what() {
    let club = Club::new();
    let first = units(&club, &[]);
    assert_eq!(states(&first), FILMS.map(|film| (film, false, false)));
    assert!(!club.path("cache").exists() && !club.path("output").exists());
    club.build(&[]);
    let made = units(&club, &[]);
    assert_eq!(states(&made), FILMS.map(|film| (film, true, true)));
    let list = &club.outputs()[".bookify/manifest.json"];
    let list: Value = serde_json::from_slice(list).expect("the list is JSON");
    for (before, after) in first.iter().zip(&made) {
        for name in ["slug", "key", "inputs", "outputs", "cost"] {
            assert_eq!(before[name], after[name], "{name}");
        }
        let slug = after["slug"].as_str().expect("a name");
        assert_eq!(after["outputs"], serde_json::json!([format!("{slug}.epub"), format!("{slug}.pdf")]));
        assert_eq!(after["key"], list["films"][slug]["key"]);
        assert_eq!(after["inputs"], list["films"][slug]["inputs"]);
        let words =
            dossier(slug).split_whitespace().filter(|it| it.chars().any(char::is_alphanumeric)).count();
        assert_eq!(after["cost"], words);
    }
    let twice = units(&club, &["mill", "--edition", "booklet,before", "--only", "pdf"]);
    assert_eq!(twice.len(), 1);
    assert_eq!(twice[0]["outputs"], serde_json::json!(["mill.before.pdf", "mill.pdf"]));
    assert_eq!(twice[0]["cost"], 2 * made[1]["cost"].as_u64().expect("a number"));
}

#[test]
fn a_plan_follows_what_changes() {
    let club = Club::new();
    club.build(&[]);
    club.save("mill", &dossier("mill").replace("wrong boat", "right boat"));
    assert_eq!(
        states(&units(&club, &[])),
        [("lamp", true, true), ("mill", false, false), ("tower", true, true)]
    );
    std::fs::remove_file(club.path("output/tower.pdf")).expect("it is there");
    assert_eq!(states(&units(&club, &["tower"])), [("tower", true, false)]);
    assert_eq!(club.run(&[], &["clean", "--cache", "cache"]).0, 0);
    assert_eq!(states(&units(&club, &["lamp"])), [("lamp", false, true)]);
    let (code, said, text) = club.run(&[], &["plan", "--cache", "cache"]);
    assert_eq!((code, said.matches(": to be made (").count()), (0, 3), "{said}{text}");
    club.build(&[]);
    let (code, said, text) = club.run(&[], &["plan", "--cache", "cache"]);
    assert_eq!((code, said.matches(": nothing has changed (").count()), (0, 3), "{said}{text}");
    assert_eq!(club.run(&[], &["plan", "nobody"]).0, 1);
}
