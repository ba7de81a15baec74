//! What stands beside a straight mark, and what that makes of it.

use crate::ingest::markup::is_mark;

/// The characters on both sides of a mark; marks of emphasis do not count.
pub struct Neighbours<'t> {
    chars: &'t [char],
    at: usize,
    before: Option<char>,
    after: Option<char>,
}

impl<'t> Neighbours<'t> {
    /// The neighbours of character `at`.
    pub fn of(chars: &'t [char], at: usize) -> Self {
        let before = chars[..at].iter().rev().copied().find(|c| !is_mark(*c));
        let after = chars[at + 1..].iter().copied().find(|c| !is_mark(*c));
        Self { chars, at, before, after }
    }

    /// `CommonMark`: a word follows, and no word stands before it.
    pub fn can_open(&self) -> bool {
        let leans_right = !is_blank(self.after) && (!is_sign(self.after) || is_outside(self.before));
        let after_bracket = matches!(self.before, Some(')' | ']' | '}'));
        leans_right && !after_bracket && (!self.can_close() || matches!(self.before, Some('(' | '[' | '{')))
    }

    /// `CommonMark`: a word stands before it, and none follows.
    pub fn can_close(&self) -> bool {
        !is_blank(self.before) && (!is_sign(self.before) || is_outside(self.after))
    }

    /// A letter or digit on both sides.
    pub fn is_within_word(&self) -> bool {
        self.before.is_some_and(char::is_alphanumeric) && self.after.is_some_and(char::is_alphanumeric)
    }

    /// Blanks on both sides.
    pub fn is_alone(&self) -> bool {
        is_blank(self.before) && is_blank(self.after)
    }

    /// A digit stands before it.
    pub fn follows_digit(&self) -> bool {
        self.before.is_some_and(|c| c.is_ascii_digit())
    }

    /// Inches follow: `5'10"`, `5' 10"`.
    pub fn is_before_inches(&self) -> bool {
        let rest = self.rest();
        let rest = rest.strip_prefix(&[' ']).unwrap_or(rest);
        let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
        (1..=2).contains(&digits) && matches!(rest.get(digits), Some('"' | '″' | '½' | '¼' | '¾'))
    }

    /// Blank, end of line or punctuation follows.
    pub fn is_before_blank(&self) -> bool {
        is_outside(self.after)
    }

    /// The digits before it have a mark before them: `'68'`.
    pub fn is_after_decade(&self) -> bool {
        let other = self.chars[..self.at].iter().rev().find(|c| !c.is_ascii_digit());
        other.is_some_and(|c| matches!(c, '\'' | '’' | '‘'))
    }

    /// Whether the next such mark of the line can close and cannot open, and it is the last one that is left for it.
    pub fn next_closes(&self, mark: char) -> bool {
        let next = (self.at + 1..self.chars.len()).find(|at| self.chars[*at] == mark);
        next.is_some_and(|at| {
            let beside = Self::of(self.chars, at);
            beside.can_close() && !beside.can_open()
        })
    }

    /// What follows it.
    pub fn rest(&self) -> &'t [char] {
        &self.chars[self.at + 1..]
    }
}

fn is_blank(c: Option<char>) -> bool {
    c.is_none_or(char::is_whitespace)
}

fn is_sign(c: Option<char>) -> bool {
    c.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace())
}

fn is_outside(c: Option<char>) -> bool {
    is_blank(c) || is_sign(c)
}

/// Words whose first letters are left out: `'60s`, `'tis`, `'em`, rock `'n'` roll.
pub fn elides(rest: &[char]) -> bool {
    const ELIDED: [&str; 14] = [
        "tis", "twas", "twere", "twill", "til", "till", "cause", "em", "n", "bout", "cos", "neath", "gainst",
        "cuz",
    ];
    let word = rest.iter().take_while(|c| c.is_alphanumeric()).collect::<String>();
    let next = rest.get(word.chars().count());
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    // '68 and '60s, but not '68' nor '1959'
    let decade = digits == 2 && matches!(&word[2..], "" | "s") && next != Some(&'\'');
    decade || ELIDED.contains(&word.to_lowercase().as_str())
}
