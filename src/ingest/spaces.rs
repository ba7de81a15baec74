//! Blanks: one between words, and in French the no-break spaces of guillemets and high punctuation.

use super::code_runs::code_runs;

const WIDE: char = '\u{a0}';
const NARROW: char = '\u{202f}';

/// Tabs, no-break spaces and runs of blanks are one space; French no-break spaces that belong stay.
pub fn single(text: &str, language: &str) -> String {
    let keeps = language == "fr";
    let mut out = String::with_capacity(text.len());
    let mut run: Option<char> = None;
    for c in text.trim().chars() {
        if c.is_whitespace() {
            let no_break = matches!(c, WIDE | NARROW);
            run = if no_break && run.is_none_or(|kept| kept == ' ') { Some(c) } else { run.or(Some(' ')) };
            continue;
        }
        if let Some(kept) = run.take() {
            let belongs = keeps && (matches!(c, ':' | ';' | '!' | '?' | '»') || out.ends_with('«'));
            out.push(if belongs { kept } else { ' ' });
        }
        out.push(c);
    }
    out
}

/// French guillemets and high punctuation keep their space, and it never breaks: narrow before `;!?`, wide before
/// `:` and within guillemets, where it is supplied if it is missing.
pub fn set_no_break(line: &str, language: &str) -> String {
    if language != "fr" || !line.contains([':', ';', '!', '?', '«', '»']) {
        return line.to_owned();
    }
    let chars = line.chars().collect::<Vec<_>>();
    let code = code_runs(&chars);
    let mut out = String::with_capacity(line.len() + 8);
    for (at, &c) in chars.iter().enumerate() {
        let next = chars.get(at + 1).copied().filter(|_| code.get(at + 1) == Some(&false));
        let before = at.checked_sub(1).map(|index| chars[index]).filter(|_| !code[at]);
        let is_blank = matches!(c, ' ' | WIDE | NARROW);
        match (is_blank, before, next) {
            (true, Some('«'), _) | (true, _, Some('»' | ':')) => out.push(WIDE),
            (true, _, Some(';' | '!' | '?')) => out.push(NARROW),
            (false, Some('«'), _) => out.extend([WIDE, c]),
            (true | false, _, _) => out.push(c),
        }
        if !is_blank && c != '«' && next == Some('»') {
            out.push(WIDE);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_blank_between_words() {
        for (typed, language, set) in [
            ("\ta\u{a0}b  c ", "en", "a b c"),
            ("oui\u{a0}! «\u{a0}non\u{202f}»", "en", "oui ! « non »"),
            ("oui\u{a0}! le\u{a0}«\u{a0}non\u{202f}»", "fr", "oui\u{a0}! le «\u{a0}non\u{202f}»"),
            ("a \u{a0} : b", "fr", "a\u{a0}: b"),
            ("一\u{3000}二", "en", "一 二"),
        ] {
            assert_eq!(single(typed, language), set, "{typed}");
        }
    }

    #[test]
    fn french_spaces_never_break() {
        for (typed, set) in [
            ("oui ! non ? bon ; soit :", "oui\u{202f}! non\u{202f}? bon\u{202f}; soit\u{a0}:"),
            ("« Prompt » ?", "«\u{a0}Prompt\u{a0}»\u{202f}?"),
            ("«Prompt»", "«\u{a0}Prompt\u{a0}»"),
            ("oui! https://x.org/a?b=c", "oui! https://x.org/a?b=c"),
            ("quoi ?!", "quoi\u{202f}?!"),
            ("oui\u{a0}!", "oui\u{202f}!"),
        ] {
            assert_eq!(set_no_break(typed, "fr"), set, "{typed}");
            assert_eq!(set_no_break(set, "fr"), set, "what is set stays: {typed}");
            assert_eq!(set_no_break(typed, "en"), typed);
        }
    }
}
