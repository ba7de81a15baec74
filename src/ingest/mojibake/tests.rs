//! Every misreading is made here from the text that it should be repaired to.

use super::*;
use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};
use proptest::prelude::*;

/// UTF-8 read in a single-byte encoding.
fn misread(text: &str, encoding: &'static Encoding) -> String {
    encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned()
}

#[track_caller]
fn stays(text: &str) {
    assert_eq!(repair(text), text);
    assert_eq!(repair_whole(text), None, "{text}");
}

/// Lines that are misread, and must come out as they were.
const SENTENCES: [&str; 24] = [
    "Renoir’s camera doesn’t judge.",
    "The café was empty.",
    "“All right,” she said — “let’s go.”",
    "A long take… and then silence.",
    "Ceux qui m’aiment prendront le train",
    "Le cinéma français naît à Lyon.",
    "Où est la sortie ?",
    "voilà",
    "Il dit : « Ça ira. »",
    "GARÇON, UN CAFÉ !",
    "Être et avoir, dès l’été",
    "Krzysztof Kieślowski, Łódź",
    "Zażółć gęślą jaźń",
    "Příliš žluťoučký kůň",
    "Jiří Menzel: Ostře sledované vlaky",
    "Der Himmel über Berlin, schöne Grüße, Straße",
    "„Schön“, sagte er.",
    "Luis Buñuel · ¿Qué he hecho yo?",
    "Ingmar Bergman: Såsom i en spegel, Smultronstället",
    "Yılmaz Güney, İstanbul",
    "Андрей Тарковский",
    "黒澤明 directs",
    "★★★★☆ 😀 👍",
    "5 € — 20 °C — 35 mm × 2",
];

#[test]
fn what_was_misread_is_repaired() {
    for sentence in SENTENCES {
        assert_eq!(repair(&misread(sentence, WINDOWS_1252)), sentence);
        let text = SENTENCES.join("\n");
        assert_eq!(repair_whole(&misread(&text, WINDOWS_1252)), Some(text));
    }
}

#[test]
fn what_was_misread_twice_is_repaired() {
    for sentence in SENTENCES {
        let twice = misread(&misread(sentence, WINDOWS_1252), WINDOWS_1252);
        assert_eq!(repair(&twice), sentence);
        let thrice = misread(&twice, WINDOWS_1252);
        assert_eq!(repair(&thrice), sentence);
    }
}

#[test]
fn other_encodings_are_known() {
    for (sentence, encoding) in [
        ("une scène d’été, très brève", MACINTOSH),
        ("Straße nach Köln", MACINTOSH),
        ("It’s over…", MACINTOSH),
        ("une scène d’été, très brève", WINDOWS_1250),
        ("Jiří Menzel, Ostře sledované vlaky", WINDOWS_1250),
        ("une scène d’été, très brève", WINDOWS_1251),
        ("Броненосец «Потёмкин»", WINDOWS_1251),
    ] {
        assert_eq!(repair(&misread(sentence, encoding)), sentence);
        assert_eq!(repair_whole(&misread(sentence, encoding)).as_deref(), Some(sentence));
    }
}

#[test]
fn a_part_of_a_line_is_repaired() {
    for (line, expected) in [
        ("Ceux qui m’aiment, au cinÃ©ma", "Ceux qui m’aiment, au cinéma"),
        ("It’s over, he says, but it isnâ€™t", "It’s over, he says, but it isn’t"),
        ("déjà vu, dÃ©jÃ\u{a0} vu", "déjà vu, déjà vu"),
        ("Ã pied jusqu'Ã la cathÃ©drale", "à pied jusqu'à la cathédrale"),
        ("“so” she said â€“ and left", "“so” she said – and left"),
        ("— r√©alis√© par", "— réalisé par"),
        ("\u{93}Yes\u{94}", "“Yes”"),
    ] {
        assert_eq!(repair(line), expected);
        assert_eq!(repair(expected), expected);
    }
}

/// What is right, and looks in part like what is misread.
const RIGHT: &[&str] = &[
    "",
    "plain",
    "À «",
    "« À »",
    "“café”—",
    "à—",
    "É«",
    "é…»",
    "dit-elle à…”",
    "L’ÉTÉ…",
    "«\u{a0}À\u{a0}»",
    "NÃO",
    "NÃO…",
    "NÃO!",
    "AMANHÃ",
    "IRMÃ\u{a0}DE JOÃO",
    "Ã",
    "Â",
    "Ã’s and Â’s",
    "â€",
    "€",
    "20 °C, 5 £",
    "m²",
    "½ £½",
    "PÂTÉ, CHÂTEAU, ÂGE",
    "«ÇA»",
    "à “l’été” — déjà…",
    "Où ? À…",
    "NOËL™",
    "É©",
    "Nestlé®",
    "Ô™",
    "Å—",
    "10 Å",
    "Nguyễn Ái Quốc, Đặng Thị Hà, CÂY, TÂM",
    "ẤN ĐỘ",
    "Å være eller ikke være",
    "Ærø, Øystein, Åse",
    "ÄÖÜ ß “Ä”",
    "Straße „Ä“",
    "łódź, ŁÓDŹ™, Š, „Č“",
    "Привет, «мир»",
    "РІК, Рідна мова, В’їзд",
    "Љубав, Ђорђе, Њ",
    "αβγ √π ≤ ∞",
    "f(x) = √π², x√π, 2√2 ¬p ∧ ¬q",
    "5×£35 pin-ups, 4×€5",
    "¬¬ ( o¬ô )",
    "├─┤ └┬┘ ┌┴┐",
    "日本語、映画",
    "שלום",
    "مرحبا",
    "É—È—Ê",
    "“É”, “È”, “Ê”",
    "é—è—ê",
    "’é’è’à",
    "—é—è—à",
    "–à–é",
    "”é",
    "‘été’",
    "©®™°ªº",
    "¿Sí? ¡NO! ¿QUÉ?",
];

#[test]
fn what_is_right_stays() {
    for text in RIGHT {
        stays(text);
    }
}

#[test]
fn lines_are_kept() {
    let text = "à la\r\n\r\n\tplage\u{a0}: «\u{a0}été\u{a0}»\n\n—\n";
    assert_eq!(repair_whole(&misread(text, WINDOWS_1252)).as_deref(), Some(text));
    let half = "cafÃ© and café, cafÃ©, cafÃ©";
    assert_eq!(repair_whole(half), None, "one that is right is enough");
    assert_eq!(repair(half), "café and café, café, café");
}

/// Words and marks as people set them, with blanks where they set them. No word ends in â, which is what betrays
/// `â™` and its like.
fn typography() -> impl Strategy<Value = String> {
    let small =
        "[àâéèêëîïôùûüç]{0,2}[a-z]{0,3}[àâéèêëîïôùûüç]?([a-z]{1,3}|[éèêëîïàùôû])|[a-z]?[œæ][a-z]{1,4}";
    let capitals = "[A-ZÀÂÇÈÉÊËÎÏÔÙÛÜŒÃÕÄÖÅÑ]{1,8}|[ÀÂÇÈÉÊËÎÏÔÙÛÜŒÆ][a-zàâçèéêëîïôùûü]{0,4}[a-zé]";
    let number = "[0-9]{1,4}( ?°C?| ?€|²|\u{a0}%)?|[£€$][0-9]{1,3}";
    let word = prop_oneof![small, capitals, number];
    let open = "|«\u{a0}|« |«|“|‘|— |—|\\(|\\(“|l’|d’|qu’|L’|¿|¡";
    let close = "|,|\\.|…|…”|\u{a0}»| »|»|”|’|’”|”—|—|\u{202f}!| \\?|\\)|…»|’s|™|®|”,";
    let pieces = (open, word, close, " | |\u{a0}| — | – |-|\n");
    let piece = pieces.prop_map(|(open, word, close, blank)| open + &word + &close + &blank);
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn french_typography_stays(text in typography()) {
        prop_assert_eq!(repair_whole(&text), None);
        prop_assert_eq!(repair(&text), text);
    }

    #[test]
    fn any_latin_1_comes_to_rest(text in "[a-cA-C \u{80}-\u{ff}’“”…€™ŒœŠšŽžâÃÂ]{0,40}") {
        let repaired = repair(&text);
        prop_assert_eq!(&repair(&repaired), &repaired);
        prop_assert!(repaired.chars().count() <= text.chars().count());
        prop_assert!(!repaired.contains(char::REPLACEMENT_CHARACTER));
    }
}
