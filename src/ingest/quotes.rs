//! Straight quotes, double hyphens and three dots as a printer sets them, by language.
//!
//! Rules: Butterick, *Practical Typography* (quotes, apostrophes); the *Lexique des règles
//! typographiques en usage à l'Imprimerie nationale* (guillemets and their spaces).

/// Sets the quotes, dashes and ellipses of one line. Runs that look like code or addresses stay.
pub fn typeset(line: &str, language: &str) -> String {
    let plain = !line.contains(['"', '\'']) && !line.contains("...") && !line.contains("--");
    let french = language == "fr";
    if plain && !(french && line.contains([':', ';', '!', '?', '«', '»'])) {
        return line.to_owned();
    }
    let chars = line.chars().collect::<Vec<_>>();
    let code = code_runs(&chars);
    let mut out = String::with_capacity(line.len() + 8);
    let mut open = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        at += if code[at] {
            keep(&chars, at, &mut out)
        } else {
            set(&chars, at, french, &mut open, &mut out)
        };
    }
    if french { french_spaces(&out) } else { out }
}

fn keep(chars: &[char], at: usize, out: &mut String) -> usize {
    out.push(chars[at]);
    1
}

/// Sets the character at `at` and says how many it took.
fn set(chars: &[char], at: usize, french: bool, open: &mut Vec<char>, out: &mut String) -> usize {
    let before = at.checked_sub(1).map(|index| chars[index]);
    let after = chars.get(at + 1).copied();
    match chars[at] {
        '"' => double(before, after, french, open, out),
        '\'' => single(chars, at, open, out),
        '.' if chars[at..].starts_with(&['.', '.', '.'])
            && chars.get(at + 3) != Some(&'.')
            && before != Some('.') =>
        {
            out.push('…');
            return 3;
        }
        '-' if chars[at..].starts_with(&['-', '-'])
            && chars.get(at + 2) != Some(&'-')
            && before != Some('-') =>
        {
            out.push('—');
            return 2;
        }
        other => out.push(other),
    }
    1
}

/// A double quote opens after a blank, an opening bracket or a dash, and closes elsewhere.
fn double(before: Option<char>, after: Option<char>, french: bool, open: &mut Vec<char>, out: &mut String) {
    if before.is_some_and(|c| c.is_ascii_digit()) && !open.contains(&'"') {
        out.push('″'); // 5'10" and 35"
        return;
    }
    let opens = before.is_none_or(opens_after) && after.is_some_and(|c| !c.is_whitespace());
    if opens && (!open.contains(&'"') || before.is_some_and(|c| matches!(c, '(' | '[' | '‘'))) {
        open.push('"');
        out.push_str(if french { "«\u{a0}" } else { "“" });
    } else {
        while open.pop().is_some_and(|mark| mark != '"') {}
        out.push_str(if french { "\u{a0}»" } else { "”" });
    }
}

fn single(chars: &[char], at: usize, open: &mut Vec<char>, out: &mut String) {
    let before = at.checked_sub(1).map(|index| chars[index]);
    let after = chars.get(at + 1).copied();
    let follows_digit = before.is_some_and(|c| c.is_ascii_digit());
    if follows_digit && after.is_some_and(|c| c.is_ascii_digit()) {
        out.push('′'); // 5'10"
    } else if before.is_none_or(opens_after)
        && after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '"' | '“' | '…' | '('))
        && !elides(&chars[at + 1..])
    {
        open.push('\'');
        out.push('‘');
    } else {
        if open.last() == Some(&'\'') && !before.is_some_and(char::is_alphanumeric) || after.is_none() {
            open.pop_if(|mark| *mark == '\'');
        }
        out.push('’');
    }
}

fn opens_after(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '(' | '[' | '{' | '—' | '–' | '-' | '/' | '“' | '‘' | '"' | '\'' | '«'
        )
}

/// Words whose first letters are left out: '60s, 'tis, 'em, rock 'n' roll.
fn elides(rest: &[char]) -> bool {
    const ELIDED: [&str; 12] = [
        "tis", "twas", "twere", "til", "till", "cause", "em", "n", "round", "bout", "cos", "neath",
    ];
    let word = rest
        .iter()
        .take_while(|c| c.is_alphanumeric())
        .collect::<String>();
    let decade = (2..=3).contains(&word.len()) && word.bytes().take(2).all(|b| b.is_ascii_digit());
    decade || ELIDED.contains(&word.to_lowercase().as_str())
}

/// Which characters stand in a run that looks like code, a path or an address.
fn code_runs(chars: &[char]) -> Vec<bool> {
    let mut code = vec![false; chars.len()];
    let mut directive = false;
    let mut start = 0;
    while start < chars.len() {
        let end = chars[start..]
            .iter()
            .position(|c| c.is_whitespace())
            .map_or(chars.len(), |n| start + n);
        let token = &chars[start..end];
        let hash_word = token.len() > 1 && token.contains(&'#') && token.iter().any(char::is_ascii_lowercase);
        let is_code = directive && token.first() == Some(&'"')
            || hash_word
            || token
                .iter()
                .any(|c| matches!(c, '\\' | '{' | '}' | '=' | '`' | '<' | '>' | '@'))
            || token.windows(3).any(|w| w == [':', '/', '/']);
        if is_code {
            code[start..end].fill(true);
        }
        directive = hash_word; // #import "x"
        start = end + 1;
    }
    code
}

/// French guillemets and high punctuation keep their space, and it never breaks.
fn french_spaces(text: &str) -> String {
    const NARROW: char = '\u{202f}';
    const WIDE: char = '\u{a0}';
    let chars = text.chars().collect::<Vec<_>>();
    let mut out = String::with_capacity(text.len() + 8);
    for (at, &c) in chars.iter().enumerate() {
        let next = chars.get(at + 1).copied();
        let previous = at.checked_sub(1).map(|index| chars[index]);
        match c {
            ' ' if next.is_some_and(|n| matches!(n, ';' | '!' | '?')) => out.push(NARROW),
            ' ' if next.is_some_and(|n| matches!(n, ':' | '»')) || previous == Some('«') => out.push(WIDE),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english() {
        for (typed, set) in [
            (
                r#"the "hell of childhood" lasts"#,
                "the “hell of childhood” lasts",
            ),
            (r#"("Dad's cinema")"#, "(“Dad’s cinema”)"),
            (r#"he said "'yes' is it", she"#, "he said “‘yes’ is it”, she"),
            ("the '60s and rock 'n' roll", "the ’60s and rock ’n’ roll"),
            ("5'10\" tall", "5′10″ tall"),
            ("wait... what -- now", "wait… what — now"),
            (r#"#import "x" and $a$"#, r#"#import "x" and $a$"#),
            (r#"see https://x.org/a"b"#, r#"see https://x.org/a"b"#),
            ("boys' games", "boys’ games"),
            ("already “set” isn’t touched", "already “set” isn’t touched"),
        ] {
            assert_eq!(typeset(typed, "en"), set, "{typed}");
        }
    }

    #[test]
    fn french() {
        for (typed, set) in [
            ("il dit \"oui\" !", "il dit «\u{a0}oui\u{a0}»\u{202f}!"),
            ("l'auteur : un nom", "l’auteur\u{a0}: un nom"),
            ("« Prompt » ?", "«\u{a0}Prompt\u{a0}»\u{202f}?"),
        ] {
            assert_eq!(typeset(typed, "fr"), set, "{typed}");
        }
    }
}
