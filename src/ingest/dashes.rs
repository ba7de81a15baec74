//! Double hyphens and three dots as a printer sets them.

use super::code_runs::code_runs;

/// Sets the dashes and ellipses of one line. A single hyphen stays: `1958-1962` may be a range or a number.
pub fn set_dashes(line: &str) -> String {
    if !line.contains("--") && !line.contains("..") && !line.contains(". .") {
        return line.to_owned();
    }
    let chars = line.chars().collect::<Vec<_>>();
    let code = code_runs(&chars);
    // who types three hyphens for a dash types two for a range
    let distinguishes = line.contains("---") && !line.contains("----") || line.matches("---").count() > 2;
    let mut out = String::with_capacity(line.len());
    let mut at = 0;
    while at < chars.len() {
        let run = if code[at] { 1 } else { chars[at..].iter().take_while(|c| **c == chars[at]).count() };
        at += match chars[at] {
            '-' if run > 1 => set_hyphens(&chars, at, run, distinguishes, &mut out),
            '.' if !code[at] => set_dots(&chars, at, run, &mut out),
            c => {
                out.push(c);
                1
            }
        };
    }
    out
}

/// Sets a run of hyphens and says how many characters it took.
fn set_hyphens(chars: &[char], at: usize, run: usize, distinguishes: bool, out: &mut String) -> usize {
    let before = at.checked_sub(1).map(|index| chars[index]);
    let after = chars.get(at + run).copied();
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    match run {
        2 if distinguishes || is_digit(before) && is_digit(after) => out.push('–'),
        2 | 3 => out.push('—'),
        // a rule of hyphens is drawn, not spoken
        _ if is_blank(before) && is_blank(after) => out.extend(&chars[at..at + run]),
        _ => {
            // CommonMark's rule: all alike where that works out, else as few short ones as can be
            let (long, short) = match (run % 3, run % 2) {
                (0, _) => (run / 3, 0),
                (_, 0) => (0, run / 2),
                (2, _) => (run / 3, 1),
                _ => ((run - 4) / 3, 2),
            };
            out.extend(std::iter::repeat_n('—', long).chain(std::iter::repeat_n('–', short)));
        }
    }
    run
}

/// Sets `...` and `. . .`; leaders of five dots and more stay.
fn set_dots(chars: &[char], at: usize, run: usize, out: &mut String) -> usize {
    const SPACED: [char; 5] = ['.', ' ', '.', ' ', '.'];
    if run == 3 || run == 4 {
        out.push('…');
        return 3;
    }
    let follows_letter = at.checked_sub(1).is_some_and(|index| !chars[index].is_whitespace());
    // `It ended. . . .` is a full stop and three dots
    let ends_first = follows_letter && chars[at..].starts_with(&['.', ' ', '.', ' ', '.', ' ', '.']);
    let more = matches!(chars.get(at + 5..), Some(['.' | '…', ..] | [' ', '.' | '…', ..]));
    if run == 1 && chars[at..].starts_with(&SPACED) && !more && !ends_first {
        out.push('…');
        return 5;
    }
    out.extend(&chars[at..at + run]);
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, set: &str) {
        assert_eq!(set_dashes(typed), set, "{typed}");
        assert_eq!(set_dashes(set), set, "what is set stays: {typed}");
    }

    #[test]
    fn dashes() {
        check("wait -- what--now", "wait — what—now");
        check("em---em and en--en", "em—em and en–en");
        check("pp. 12--14", "pp. 12–14");
        check("1958-1962, mise-en-scène", "1958-1962, mise-en-scène");
        check("-----", "-----");
        check("a ---- b", "a ---- b");
        check("bookify --json and https://x.org/a--b", "bookify --json and https://x.org/a--b");
        check("already — set – so", "already — set – so");
    }

    #[test]
    fn ellipses() {
        check("wait... what", "wait… what");
        check("and so on....", "and so on….");
        check("one . . . two", "one … two");
        check("It ended. . . . Then", "It ended. … Then");
        check("Cast ........ 12", "Cast ........ 12");
        check("a . b . c . d . e", "a . b . c . d . e");
        check("C:\\a...b", "C:\\a...b");
        check("two.. dots", "two.. dots");
    }
}
