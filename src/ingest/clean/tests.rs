//! Sources in a line or two, and what becomes of them.

mod whole_dossiers;

use super::*;
use proptest::prelude::*;

fn scheme(language: &str) -> Scheme {
    let yaml = match language {
        "fr" => include_str!("../../../layouts/chapters/fr.yaml"),
        _ => include_str!("../../../layouts/chapters/en.yaml"),
    };
    Scheme::parse("x.yaml", yaml).expect("the scheme is sound")
}

fn cleaned(text: &str, markup: &[Markup], switches: Switches) -> (Source, Cleaned) {
    let source = Source::new("x.txt", text.to_owned(), "UTF-8", text.as_bytes());
    let cleaned = clean(&source, markup, &scheme("en"), switches);
    (source, cleaned)
}

fn check(text: &str, lines: &[&str], rules: &[EditRule]) {
    let (_, cleaned) = cleaned(text, &[], Switches::default());
    assert_eq!(cleaned.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), lines, "{text}");
    assert_eq!(cleaned.edits.iter().map(|edit| edit.rule).collect::<Vec<_>>(), rules, "{text}");
}

const WRAPPED: &str = "\
A young clerk rides east to sell a house and
the cinematography of his ride is the talk
of the town, and all of the people of the
town have come to see it, every one of them,
and to talk about what it was, for the cine-
matography of the film was new.
";

#[test]
fn every_rule_is_recorded() {
    use EditRule::*;
    check("plain\n\n \nlines\n", &["plain", "lines"], &[]);
    check("cafÃ©", &["café"], &[Mojibake]);
    check("a\u{85}b \u{93}c\u{94}", &["a…b “c”"], &[Mojibake]);
    check("e\u{301}te\u{301}", &["été"], &[ComposedUnicode]);
    check(
        "\tcine\u{ad}ma  of\u{a0}light",
        &["cinema of light"],
        &[ControlCharacter, InvisibleCharacter, Blanks],
    );
    check("\u{fdd0}a\u{fdd1}", &["a"], &[InvisibleCharacter]);
    check("\"so\"... it's", &["“so”… it’s"], &[Dashes, Quotes]);
}

#[test]
fn wrapped_lines_are_one_paragraph_with_one_span() {
    let (source, cleaned) = cleaned(WRAPPED, &[], Switches::default());
    assert_eq!(cleaned.lines.len(), 1);
    assert!(cleaned.lines[0].text.ends_with("for the cinematography of the film was new."));
    assert_eq!(source.slice(cleaned.lines[0].span), WRAPPED.trim_end());
    let rules = cleaned.edits.iter().map(|edit| edit.rule).collect::<Vec<_>>();
    assert_eq!(rules, [EditRule::JoinedLines, EditRule::MendedDivision]);
    assert_eq!(cleaned.edits[0].after, cleaned.edits[1].before);
}

#[test]
fn richer_formats_know_their_paragraphs() {
    let markup = vec![Markup::default(); WRAPPED.lines().count() + 1];
    let (_, cleaned) = cleaned(WRAPPED, &markup, Switches::default());
    assert_eq!(cleaned.lines.len(), WRAPPED.lines().count());
    assert_eq!(cleaned.edits, []);
}

#[test]
fn a_bold_lead_grows_with_its_quotes() {
    let markup = [Markup { bold_lead: 9, ..Markup::default() }];
    let (_, cleaned) = cleaned("\"Camera\": it moves", &markup, Switches::default());
    assert_eq!(&cleaned.lines[0].text[..cleaned.lines[0].markup.bold_lead], "“Camera”:");
}

#[test]
fn every_step_has_its_switch() {
    let text = format!("{WRAPPED}\ncafÃ© it's--  so");
    let off = Switches { mojibake: false, unwrap: false, quotes: false, dashes: false, spaces: false };
    let (source, cleaned) = cleaned(&text, &[], off);
    assert_eq!(cleaned.edits, []);
    assert!(cleaned.lines.iter().all(|line| line.text == source.slice(line.span)));
}

#[test]
fn the_source_is_at_hand_with_its_characters_repaired() {
    let (source, cleaned) =
        cleaned("one -- two\r\ncafÃ©  \r\n\r\n\tdÃ©jÃ\u{a0} vu\n", &[], Switches::default());
    assert_eq!(repaired_text(&source, &cleaned.edits), "one -- two\r\ncafé  \r\n\r\n\tdéjà vu\n");
}

#[test]
fn control_characters_are_warned_of() {
    let (_, cleaned) = cleaned("a\u{1}b\nc\td", &[], Switches::default());
    assert_eq!(cleaned.warnings.len(), 1);
    assert_eq!(cleaned.lines[0].text, "a\u{fffd}b");
}

fn letters<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    texts.flat_map(str::chars).filter(|c| c.is_alphanumeric()).collect()
}

proptest! {
    #[test]
    fn words_survive_in_order(text in any::<String>()) {
        let (source, cleaned) = cleaned(&text, &[], Switches { mojibake: false, ..Switches::default() });
        let source = steps::composed(source.text());
        prop_assert_eq!(letters(std::iter::once(source.as_str())), letters(cleaned.lines.iter().map(|line| line.text.as_str())));
    }

    #[test]
    fn any_text_is_cleaned(text in "[a-c\\-.:\u{80}-\u{ff}\u{300}-\u{303}\r\n\t •*“’€™]{0,400}") {
        let (source, cleaned) = cleaned(&text, &[], Switches::default());
        for edit in cleaned.edits.iter().filter(|edit| edit.rule == EditRule::Mojibake) {
            prop_assert_eq!(source.slice(edit.span), edit.before.as_str());
        }
        let mut end = 0;
        for line in &cleaned.lines {
            prop_assert!(line.span.start >= end && line.span.end <= source.text().len());
            end = line.span.end;
        }
    }
}
