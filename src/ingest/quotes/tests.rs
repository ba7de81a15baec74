//! One line a rule; what is set must come out of a second pass unaltered.

use super::*;
use proptest::prelude::*;

fn check(language: &str, typed: &str, set: &str) {
    assert_eq!(set_typography(typed, language), set, "{language}: {typed}");
    assert_eq!(set_typography(set, language), set, "what is set stays: {typed}");
}

#[test]
fn english_quotes() {
    for (typed, set) in [
        (r#"the "hell of childhood" lasts"#, "the “hell of childhood” lasts"),
        (r#""Yes," he said."#, "“Yes,” he said."),
        (r#"he said, "Yes.""#, "he said, “Yes.”"),
        (r#"("Dad's cinema")"#, "(“Dad’s cinema”)"),
        (r#"["sic"]"#, "[“sic”]"),
        (r#"he said "'yes' is it", she"#, "he said “‘yes’ is it”, she"),
        (r#"'He said, "I want to go."'"#, "‘He said, “I want to go.”’"),
        (r#""'Tis," he said, "'twas.'""#, "“’Tis,” he said, “’twas.’”"),
        (r#"a word--"quoted"--and on"#, "a word—“quoted”—and on"),
        (r#"a pseudo-"documentary" film"#, "a pseudo-“documentary” film"),
        (r#""Wait--" he said"#, "“Wait—” he said"),
        (r#""...and then" it ends"#, "“…and then” it ends"),
        (r#"it ends "so...""#, "it ends “so…”"),
        (r#"either/"or""#, "either/“or”"),
        (r#"" floating " quotes"#, r#"" floating " quotes"#),
        (r#""A paragraph that goes on"#, "“A paragraph that goes on"),
        (r#"which began before.""#, "which began before.”"),
        (r#"two "a" "b" three"#, "two “a” “b” three"),
        (r#"Was it "The Salt Road"?"#, "Was it “The Salt Road”?"),
        (r#""1979" and "1980""#, "“1979” and “1980”"),
    ] {
        check("en", typed, set);
    }
}

#[test]
fn apostrophes() {
    for (typed, set) in [
        ("don't, Berger's, boys' games", "don’t, Berger’s, boys’ games"),
        ("the '60s and '68, rock 'n' roll", "the ’60s and ’68, rock ’n’ roll"),
        ("'Tis the season, 'til 'em", "’Tis the season, ’til ’em"),
        ("the 1970s' films, the 70's", "the 1970s’ films, the 70’s"),
        ("'A', 'B', and 'C' are letters.", "‘A’, ‘B’, and ‘C’ are letters."),
        ("'We'll use Jane's boat,' Jenna said.", "‘We’ll use Jane’s boat,’ Jenna said."),
        ("'gainst all odds", "’gainst all odds"),
        ("class of '68' they said", "class of ‘68’ they said"),
        ("o'clock at O'Brien's", "o’clock at O’Brien’s"),
        ("[a]'s b'", "[a]’s b’"),
    ] {
        check("en", typed, set);
    }
}

#[test]
fn primes() {
    for (typed, set) in [
        (r#"5'10" tall"#, "5′10″ tall"),
        (r#"5' 10" tall"#, "5′ 10″ tall"),
        (r#"a 35" screen, 6' wide"#, "a 35″ screen, 6′ wide"),
        (r#"the 12" single "1979""#, "the 12″ single “1979”"),
        (r#""a 12" single""#, "“a 12″ single”"),
    ] {
        check("en", typed, set);
    }
}

#[test]
fn curly_quotes_stay_even_where_they_are_wrong() {
    for text in
        ["already “set” isn’t touched", "”the wrong way“", "‘60s", "„deutsch“ «français» ‚so‘", "5′10″"]
    {
        check("en", text, text);
    }
    check("en", r#"“mixed" and "so”"#, "“mixed” and “so”");
}

#[test]
fn code_stays() {
    for text in [
        r#"#import "x" and $a$"#,
        r#"see https://x.org/a"b"--c..."#,
        r#"C:\it's\"here""#,
        r#"<a href="x">"#,
        r#"it`s "code -- here..." `x "y" z`"#,
        "mail o'neil@x.org",
    ] {
        let kept = set_typography(text, "en");
        if text.contains("code --") {
            assert_eq!(kept, r#"it`s "code -- here..." `x “y” z`"#);
        } else {
            assert_eq!(kept, text);
        }
    }
    check("en", r#"read "https://x.org" or "@truffaut""#, "read “https://x.org” or “@truffaut”");
}

#[test]
fn french_quotes() {
    for (typed, set) in [
        ("il dit \"oui\" !", "il dit «\u{a0}oui\u{a0}»\u{202f}!"),
        ("l'auteur : un nom", "l’auteur\u{a0}: un nom"),
        ("\"il dit \"oui\" et part\"", "«\u{a0}il dit “oui” et part\u{a0}»"),
        ("« il dit \"oui\" »", "«\u{a0}il dit “oui”\u{a0}»"),
        ("une \"citation qui reste ouverte", "une \"citation qui reste ouverte"),
        ("l'écran de 35\" et l'an '68", "l’écran de 35″ et l’an ’68"),
        ("aujourd'hui, qu'\"elle\" vint", "aujourd’hui, qu’«\u{a0}elle\u{a0}» vint"),
        ("dit-on... -- \"Ah !\"", "dit-on… — «\u{a0}Ah\u{202f}!\u{a0}»"),
    ] {
        check("fr", typed, set);
    }
}

#[test]
fn other_languages_get_apostrophes_only() {
    check("de", "das \"Kabinett\" geht's 'an'", "das \"Kabinett\" geht’s 'an'");
}

#[test]
fn marks_of_emphasis_do_not_count() {
    check("en", "a \"\u{fdd0}title\u{fdd1}\" it's", "a “\u{fdd0}title\u{fdd1}” it’s");
    check("en", "a \u{fdd0}\"title\"\u{fdd1} here", "a \u{fdd0}“title”\u{fdd1} here");
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

proptest! {
    #[test]
    fn words_never_change(line in any::<String>(), language in "en|fr|de") {
        prop_assert_eq!(letters(&line), letters(&set_typography(&line, &language)));
    }

    #[test]
    fn marks_in_any_order_leave_words_alone(line in "[ab1\"'.,:;!?« »\u{a0}()\\-—…\u{fdd0}]{0,40}", language in "en|fr|de") {
        prop_assert_eq!(letters(&line), letters(&set_typography(&line, &language)));
    }

    #[test]
    fn curly_text_stays(line in "[ab1“”‘’.,:;!?()—… ]{0,40}") {
        prop_assert_eq!(set_quotes(&line, "en"), line);
    }
}
