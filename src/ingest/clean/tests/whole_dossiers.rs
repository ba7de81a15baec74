//! Whole dossiers, spoilt as people spoil them by pasting: every record must come out again as one line.

use super::super::*;

const DOSSIERS: [&str; 5] = [
    include_str!("../../../../tests/dossiers/man-with-a-movie-camera.gold.tsv"),
    include_str!("../../../../tests/dossiers/nosferatu.gold.tsv"),
    include_str!("../../../../tests/dossiers/the-400-blows.gold.tsv"),
    include_str!("../../../../tests/dossiers/the-general.gold.tsv"),
    include_str!("../../../../tests/dossiers/the-passion-of-joan-of-arc.gold.tsv"),
];

/// The records that survive a plain paste, items with a bullet.
fn records(gold: &str) -> Vec<String> {
    let rows = gold.lines().filter_map(|line| line.split_once('\t'));
    let visible = rows.filter(|(kind, _)| !matches!(*kind, "@" | "T" | "h" | "S"));
    visible
        .map(|(kind, text)| format!("{}{text}", if matches!(kind, "B" | "Q" | "G") { "• " } else { "" }))
        .collect()
}

/// As many words on a line as fit.
fn wrapped(text: &str, columns: usize) -> String {
    let mut length = 0;
    text.split(' ').fold(String::new(), |mut lines, word| {
        let word_length = word.chars().count();
        if length > 0 {
            let fits = length + 1 + word_length <= columns;
            lines.push(if fits { ' ' } else { '\n' });
            length = if fits { length + 1 } else { 0 };
        }
        length += word_length;
        lines + word
    })
}

/// UTF-8 read as Windows-1252, byte by byte.
fn misread(text: &str) -> String {
    text.bytes().map(|byte| encoding_rs::WINDOWS_1252.decode(&[byte]).0.into_owned()).collect()
}

fn lines_of(text: &str) -> Vec<String> {
    let scheme = Scheme::parse("en.yaml", include_str!("../../../../layouts/chapters/en.yaml"))
        .expect("the scheme is sound");
    let source = Source::new("x.txt", text.to_owned(), "UTF-8", text.as_bytes());
    clean(&source, &[], &scheme, Switches::default()).lines.into_iter().map(|line| line.text).collect()
}

/// How many per mille of the records come out whole, of the dossier that comes out worst.
fn recovered(spoil: impl Fn(&[String]) -> String) -> usize {
    let shares = DOSSIERS.iter().map(|gold| {
        let records = records(gold);
        let expected = lines_of(&records.join("\n"));
        let found = lines_of(&spoil(&records));
        assert_eq!(expected.len(), records.len(), "one line a record is never joined");
        expected.iter().filter(|line| found.contains(line)).count() * 1000 / expected.len()
    });
    shares.min().unwrap_or(0)
}

fn wrap(records: &[String], columns: usize, between: &str) -> String {
    records.iter().map(|record| wrapped(record, columns)).collect::<Vec<_>>().join(between)
}

#[test]
fn wrapped_with_blank_lines_every_record_comes_out() {
    for columns in [65, 72, 80, 100] {
        assert_eq!(recovered(|records| wrap(records, columns, "\n\n")), 1000, "{columns} columns");
    }
}

#[test]
fn wrapped_without_blank_lines_nearly_every_record_comes_out() {
    assert!(recovered(|records| wrap(records, 90, "\n")) >= 970);
    for columns in [72, 80, 100] {
        assert!(recovered(|records| wrap(records, columns, "\n")) >= 950, "{columns} columns");
    }
}

#[test]
fn misread_dossiers_are_repaired_to_the_letter() {
    assert_eq!(recovered(|records| misread(&records.join("\n"))), 1000);
    assert_eq!(recovered(|records| misread(&wrap(records, 72, "\n\n"))), 1000);
}
