//! Runs of a line that look like code, a path or an address: typography leaves them as they are.

/// Says of each character whether it stands in such a run.
pub fn code_runs(chars: &[char]) -> Vec<bool> {
    let mut code = vec![false; chars.len()];
    mark_spans(chars, &mut code);
    let mut after_directive = false;
    for token in tokens(chars) {
        let text = &chars[token.clone()];
        let is_directive = matches!(text, ['#', first, ..] if first.is_ascii_lowercase());
        if after_directive && text.first() == Some(&'"') {
            code[token].fill(true); // #import "x"
        } else if is_code(text) {
            code[core(chars, token)].fill(true);
        }
        after_directive = is_directive;
    }
    code
}

/// Where the words of a line stand, punctuation and all.
fn tokens(chars: &[char]) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += chars[at..].iter().take_while(|c| c.is_whitespace()).count();
        let length = chars[at..].iter().take_while(|c| !c.is_whitespace()).count();
        at += length;
        (length > 0).then(|| at - length..at)
    })
}

/// Text between two backticks, blanks and all.
fn mark_spans(chars: &[char], code: &mut [bool]) {
    let ticks = chars.iter().enumerate().filter(|(_, c)| **c == '`').map(|(at, _)| at).collect::<Vec<_>>();
    for pair in ticks.chunks_exact(2) {
        code[pair[0]..=pair[1]].fill(true);
    }
}

fn is_code(token: &[char]) -> bool {
    let token = &token[token.iter().take_while(|c| matches!(c, '"' | '\'' | '(')).count()..];
    let starts = |with: &str| with.chars().eq(token.iter().copied().take(with.chars().count()));
    let is_option = matches!(token, ['-', '-', first, ..] if first.is_ascii_lowercase());
    let is_call = matches!(token, ['#', first, ..] if first.is_ascii_lowercase()) && token.contains(&'(');
    let is_formula = matches!(token, ['$', .., '$']) && token.len() > 2;
    token.iter().any(|c| matches!(c, '\\' | '{' | '}' | '=' | '<' | '>' | '@'))
        || token.windows(3).any(|three| three == [':', '/', '/'])
        || ["www.", "~/", "./", "../"].into_iter().any(starts)
        || starts("/") && token.len() > 1
        || is_option
        || is_call
        || is_formula
}

/// The run without the quotes and the punctuation around it, where those are not its own: `"https://x.org".`
fn core(chars: &[char], token: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let opening = chars[token.clone()].iter().take_while(|c| matches!(c, '"' | '\'' | '(')).count();
    let start = token.start + opening;
    let closing = |c: &&char| matches!(c, '"' | '\'' | ')' | '.' | ',' | ';' | ':' | '!' | '?' | '…');
    let end = token.end - chars[start..token.end].iter().rev().take_while(closing).count();
    let has_quotes = chars[start..end].iter().any(|c| matches!(c, '"' | '\''));
    if has_quotes || end == start { start..token.end } else { start..end }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        let chars = line.chars().collect::<Vec<_>>();
        let shown = code_runs(&chars).iter().map(|code| if *code { '^' } else { ' ' }).collect::<String>();
        assert_eq!(shown.trim_end(), expected, "{line}");
    }

    #[test]
    fn code_paths_and_addresses() {
        check(r#"so #import "x" is"#, "           ^^^");
        check(r#"an a="b c"#, "   ^^^^");
        check(r#""https://x.org/a?b", no"#, " ^^^^^^^^^^^^^^^^^");
        check("in C:\\it's here", "   ^^^^^^^");
        check("the `a \"b\" c` x", "    ^^^^^^^^^");
        check("mail a@b.org's", "     ^^^^^^^^^");
        check("bookify inspect --json x", "                ^^^^^^");
        check("he said -- and left", "");
        check("#panic('x')", "^^^^^^^^^^^");
        check("and/or, 3 × 4, $5 and $a'$", "                      ^^^^");
    }
}
