//! What the proof-reader marks, by cases.

use super::*;

/// Pages as a proof-reader sees them: a line each, with its page and leaf; `#` before a heading. A
/// hyphen at the end divides a word.
fn faults(pages: &str) -> Vec<String> {
    let mut leaves: Vec<Printed> = Vec::new();
    let (mut heading, mut chapters, mut lines) = (Vec::new(), Vec::new(), Vec::new());
    let mut y: BTreeMap<usize, f64> = BTreeMap::new();
    for line in pages.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (page, rest) = line.split_once(' ').expect("a page");
        let (id, words) = rest.split_once(' ').expect("a leaf");
        let page: usize = page.parse().expect("a number");
        if leaves.last().is_none_or(|leaf| leaf.id != id) {
            leaves.push(Printed { id: id.to_owned(), text: String::new(), supplied: false });
            heading.push(id.starts_with('#'));
            chapters.push(Some(usize::from(id.starts_with('b'))));
        }
        let leaf = leaves.len() - 1;
        let text = &mut leaves[leaf].text;
        let divided = words.ends_with('-');
        if !text.is_empty() && !lines.last().is_some_and(|last: &Line| last.divided) {
            text.push(' ');
        }
        let from = text.len();
        text.push_str(words.trim_end_matches('-'));
        let y = y.entry(page).and_modify(|y| *y += 13.0).or_insert(13.0);
        lines.push(Line {
            page,
            leaf,
            y: *y,
            x: 0.0..100.0,
            bytes: from..text.len(),
            name_only: false,
            divided,
            spaces: words.contains("  ").then_some(1.7),
            size: 10.0,
        });
    }
    let count = leaves.len();
    let proof = Proof {
        ids: Vec::new(),
        labels: (1..20).map(|page| page.to_string()).collect(),
        figure: vec![false; count],
        leading: 13.0,
        leaves,
        chapters,
        lines,
        heading,
    };
    proof.faults().iter().map(|fault| format!("{} {:?} {}", fault.label, fault.kind, fault.words)).collect()
}

/// Eight lines of the first page.
const EIGHT: &str = "0 a one two\n0 a three four\n0 a five six\n0 a seven eight\n0 a nine ten\n0 a on and\n0 a on it\n0 a goes on here\n";

#[test]
fn what_a_proof_reader_marks() {
    let cases = [
        ("0 a nine and ten\n0 a done with it", vec![]),
        ("0 a nine\n0 a ten.", vec!["1 Runt ten."]),
        ("0 a nine\n0 a immediately.", vec![]),
        ("0 a nine imme-\n0 a diately.", vec!["1 Runt diately."]),
        ("0 a nine imme-\n0 a diately after", vec![]),
        (
            "0 #h A heading\n1 a2 one two\n1 a2 b c\n1 a2 d e\n1 a2 f g\n1 a2 h i\n1 a2 j k\n1 a2 l m\n1 a2 n o",
            vec!["1 StrandedHeading A heading"],
        ),
        (
            "0 a2 one two\n1 a2 b c\n1 a2 d e\n1 a2 f g\n1 a2 h i\n1 a2 j k\n1 a2 l m\n1 a2 n o\n1 a2 p q",
            vec!["1 Orphan one two"],
        ),
        (
            "0 a2 nine ten\n1 a2 eleven twelve",
            vec!["1 Orphan nine ten", "2 Widow eleven twelve", "2 ShortPage(1) eleven twelve"],
        ),
        ("0 a wide  and wider\n0 a still on it", vec!["1 LooseLine wide  and wider"]),
        ("0 a x one-\n0 a two-\n0 a three-\n0 a four and more", vec!["1 HyphenStack three"]),
    ];
    for (pages, expected) in cases {
        assert_eq!(faults(&format!("{EIGHT}{pages}")), expected, "{pages}");
    }
}

#[test]
fn facing_pages_are_of_equal_depth_where_the_text_goes_on() {
    let page = |page: usize, lines: usize, leaf: &str| -> String {
        (0..lines).map(|at| format!("{page} {leaf}{page}-{at} some words")).collect::<Vec<_>>().join("\n")
            + "\n"
    };
    let spread = |verso, recto, last: &str| {
        page(0, 9, "a") + &page(1, verso, "a") + &page(2, recto, "a") + &page(3, 9, last)
    };
    assert_eq!(faults(&spread(10, 10, "a")), Vec::<String>::new());
    assert_eq!(faults(&spread(10, 9, "a")), ["3 UnevenSpread(1) some words"]);
    assert_eq!(faults(&spread(8, 10, "a")), ["2 UnevenSpread(2) some words"]);
    // the chapter ends on the recto
    assert_eq!(faults(&spread(10, 8, "b")), Vec::<String>::new());
}
