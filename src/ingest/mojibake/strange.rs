//! How strange it is that two characters stand side by side, and how rare one is.

/// What a character does in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Control,
    Lower,
    Upper,
    /// A letter of a script without capitals.
    Letter,
    Blank,
    /// What stands after a word: `’ ” » … ™`
    Closing,
    /// What stands before a word: `“ « ¿`
    Opening,
    Dash,
    Money,
    /// What seldom touches a letter: `¤ ¦ ¨ † √`
    Odd,
    /// A line or a corner of a drawing: `├`
    Box,
    /// ASCII that is no letter, and U+FFFD.
    Plain,
}

fn kind(c: char) -> Kind {
    match c {
        '\u{80}'..='\u{9f}' => Kind::Control,
        ' ' | '\t' | '\n' | '\r' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => {
            Kind::Blank
        }
        '’' | '”' | '»' | '…' | '™' | '®' | '°' | 'ª' | 'º' | '›' | '！'..='～' => {
            Kind::Closing
        }
        '“' | '‘' | '«' | '¿' | '¡' | '„' | '‚' | '‹' => Kind::Opening,
        '–' | '—' | '‑' | '-' => Kind::Dash,
        '€' | '£' | '¥' | '¢' | '$' => Kind::Money,
        '─'..='▟' => Kind::Box,
        '\u{fffd}' | '\0'..='\u{7f}' if !c.is_ascii_alphabetic() => Kind::Plain,
        'ƒ' => Kind::Odd,
        c if c.is_lowercase() => Kind::Lower,
        c if c.is_uppercase() => Kind::Upper,
        c if c.is_alphabetic() => Kind::Letter,
        _ => Kind::Odd,
    }
}

/// How much of the text is such as nobody writes: pairs and triples of characters side by side, and C1 controls.
pub fn strangeness(chars: &[char]) -> i32 {
    let controls = chars.iter().filter(|c| kind(**c) == Kind::Control).map(|_| 6).sum::<i32>();
    let pairs = chars.windows(2).map(|pair| pair_strangeness(pair[0], pair[1])).sum::<i32>();
    let triples = chars.windows(3).map(|three| triple_strangeness(three[0], three[1], three[2])).sum::<i32>();
    controls + pairs + triples
}

#[expect(clippy::match_same_arms, reason = "each arm has its own example")]
fn pair_strangeness(a: char, b: char) -> i32 {
    use Kind::{Box, Closing, Dash, Letter, Lower, Money, Odd, Opening, Plain, Upper};
    if a.is_ascii() && b.is_ascii() {
        return 0;
    }
    match (kind(a), kind(b)) {
        // `âœ”`, `â™«`: no word ends in â, and few have it before another such letter
        (Lower, _)
            if a == 'â' && !b.is_ascii() && !matches!(b, 'À'..='ÿ' | '’' | '”' | '»' | '…' | '–' | '—') =>
        {
            6
        }
        // `Ã\u{a0}` is no word, nor the end of one in small letters; `Ã©`, `24Ã`
        (Upper, Odd) | (Plain, Upper) if is_telling(a) || (is_telling(b) && a.is_ascii_digit()) => 5,
        (Upper, _) if is_telling(a) && b == '€' => 5,
        // `Â£5`, while the Danish å, `Ã¥`, is like that in Mac Roman too
        (Upper, Money) if a == 'Â' => 4,
        (Upper, _) if a == 'Ã' && b == '\u{a0}' => 3,
        (Upper, Closing) if is_telling(a) && !matches!(b, '’' | '…') => 2,
        // `NicolÃ`
        (Lower, Upper) => 3,
        (Lower | Upper, Lower | Upper) if is_cyrillic(a) != is_cyrillic(b) => 3,
        // `Ã©`, `r√`
        (Lower | Upper, Odd) => 3,
        // `√π` is mathematics, `√©` is none
        (Odd, Lower) if a == '√' && script(b) == GREEK => 0,
        (Odd, Lower | Upper | Odd | Closing | Opening | Money) | (Closing | Opening | Money, Odd) => 2,
        // `Ã‘O`, `Ã”T`, `™I`, but `’s`
        (Lower | Upper, Opening | Money) | (Closing, Opening) => 2,
        (Closing, Lower | Upper) if a != '’' => 2,
        // `€™`
        (Money, Closing | Opening | Money | Dash) => 3,
        (Money, Lower | Upper) if !a.is_ascii() && !b.is_ascii() => 3,
        // `┼í`, but letters of ASCII stand in drawings
        (Box, Lower | Upper | Closing | Opening | Money | Odd) if !b.is_ascii() => 3,
        (Lower | Upper | Letter, Box) if !a.is_ascii() => 1,
        _ => 0,
    }
}

fn triple_strangeness(a: char, b: char, c: char) -> i32 {
    use Kind::{Blank, Closing, Lower, Money, Odd, Opening, Plain, Upper};
    match (kind(a), kind(b), kind(c)) {
        // a small letter among capitals: `ZURÃœCK`
        (Upper, Upper, Lower)
            if !b.is_ascii() && !c.is_ascii() || a.is_ascii() && b.is_ascii() && !c.is_ascii() =>
        {
            4
        }
        // a mark inside a word: `Ä°s`, `Ã‘O`, but `É’s`
        (Upper | Lower, Closing | Opening, Upper | Lower) if !a.is_ascii() && !matches!(b, '’' | '…') => {
            3
        }
        (Upper | Lower, Odd, Upper | Lower) if !a.is_ascii() => 2,
        // `RÃ¥s`
        (Upper, Money, Upper | Lower) if is_telling(a) => 2,
        // `techniqueÂ\u{a0}:`
        (Lower | Closing | Plain, Upper, Blank) if b == 'Â' && c == '\u{a0}' && a != '(' => 4,
        // `voilÃ le`, `SlovenÄ�ina`
        (Lower, Upper, Blank) if b == 'Ã' => 1,
        (Upper, Blank, Blank | Lower) if a == 'Ã' && b == '\u{a0}' => 1,
        (Lower, Upper, _) if !b.is_ascii() && c == char::REPLACEMENT_CHARACTER => 1,
        _ => 0,
    }
}

/// The first character of all that Western Europe writes beyond ASCII, misread; and rare before anything but a letter.
fn is_telling(c: char) -> bool {
    matches!(c, 'Ã' | 'Â')
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

/// How rare the character at this place is, where it is.
#[expect(clippy::match_same_arms, reason = "an arm a block of characters")]
pub fn rarity(chars: &[char], index: usize) -> i32 {
    let c = chars[index];
    let near = |other: usize| chars.get(other).is_some_and(|other| script(*other) == script(c));
    let is_among_its_like = near(index + 1) || (index > 0 && near(index - 1));
    let alone = if script(c) == GREEK { 3 } else { 5 };
    match c {
        '\0'..='\u{7f}' | '\u{fffd}' => 0,
        'À'..='ÿ' | '\u{a0}' | '°' | '«' | '»' | '¿' | '¡' | '£' | '©' | '®' => 0,
        '\u{2010}'..='\u{2026}' | '€' | '™' | 'Œ' | 'œ' => 0,
        c if COMMON.contains(c) => 0,
        'Ā'..='ž' | '\u{80}'..='ÿ' | 'Ạ'..='ỹ' | 'Ș'..='ț' | 'ﬀ'..='ﬆ' => 1,
        'Ơ' | 'ơ' | 'Ư' | 'ư' | '\u{2030}'..='\u{203a}' => 1,
        '\u{1f300}'..='\u{1faff}' | '\u{fe0f}' => 0,
        '←'..='⇿' | '∀'..='⋿' | '■'..='➿' | '！'..='～' | '⬀'..='⯿' => 2,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' => 3,
        c if script(c) > 0 => {
            if is_among_its_like {
                1
            } else {
                alone
            }
        }
        _ => 6,
    }
}

/// The letters of Latin Extended-A that European languages cannot do without.
const COMMON: &str = "āĀčČćĆďĎēĒěĚęĘąĄğĞģīĪįĮıİķĶļĻłŁńŃňŇņŅőŐřŘśŚšŠşŞșȘţŢțȚťŤūŪůŮűŰųŲźŹžŽżŻăĂĺľ";

const GREEK: u8 = 1;

/// Scripts that a text is wholly written in, so that their letters stand together.
fn script(c: char) -> u8 {
    match c {
        '\u{386}'..='\u{3ce}' => GREEK,
        '\u{401}'..='\u{45f}' | 'Ґ' | 'ґ' => 2,
        '\u{531}'..='\u{587}' => 3,
        '\u{5d0}'..='\u{5f4}' => 4,
        '\u{60c}'..='\u{6d5}' => 5,
        '\u{900}'..='\u{dff}' => 6,
        '\u{e01}'..='\u{e5b}' => 7,
        '\u{10d0}'..='\u{10ff}' => 8,
        '\u{3001}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' => 9,
        '\u{ac00}'..='\u{d7a3}' => 10,
        _ => 0,
    }
}
