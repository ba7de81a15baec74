//! Where `season.yaml` names editions and their chapters: YAML's reader keeps no places.

/// A word under `editions:`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention<'a> {
    /// The word.
    pub word: &'a str,
    /// Its line, from 1.
    pub line: usize,
    /// The column of its first character, from 1.
    pub column: usize,
    /// What it names.
    pub what: What,
}

/// What a word names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// An edition.
    Name,
    /// A chapter of one.
    Chapter,
}

/// The key that opens the list.
const KEY: &str = "editions";

/// Names and chapters, in the order of the file. It serves messages: where the file is written in a way
/// that is not foreseen here (anchors, quotes over several lines) a place is missing, no edition is.
pub fn mentions(text: &str) -> Vec<Mention<'_>> {
    let lines = text.lines().zip(1..).skip_while(|(line, _)| !opens(line));
    let block = lines.enumerate().take_while(|(at, (line, _))| {
        *at == 0 || line.is_empty() || line.starts_with([' ', '\t', '-', '#', '[', ']', '{', '}'])
    });
    let mut reader = Reader { key: KEY, indent: None, found: Vec::new() };
    for (_, (line, number)) in block {
        reader.line(line, number);
    }
    reader.found
}

fn opens(line: &str) -> bool {
    line.strip_prefix(KEY).is_some_and(|rest| rest.trim_start().starts_with(':'))
}

struct Reader<'a> {
    /// The key whose value is read; [`KEY`] where the name of an edition may follow.
    key: &'a str,
    /// How far the dashes of the editions stand to the right.
    indent: Option<usize>,
    found: Vec<Mention<'a>>,
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: &'a str, number: usize) {
        let code = line.find(" #").and_then(|at| line.get(..at)).unwrap_or(line);
        let words = code.trim_start();
        if words.starts_with('#') {
            return;
        }
        let indent = code.len() - words.len();
        if words.starts_with('-') && *self.indent.get_or_insert(indent) == indent {
            self.key = KEY;
        }
        let is_word = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        let mut at = if opens(code) { KEY.len() } else { 0 };
        while let Some(rest) = code.get(at..).filter(|rest| !rest.is_empty()) {
            let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(length);
            if word.is_empty() {
                if after.starts_with('}') {
                    self.key = KEY;
                }
                at += after.chars().next().map_or(1, char::len_utf8);
                continue;
            }
            // the dash before an item is no word
            if word.chars().any(|c| c != '-') {
                let column = code.get(..at).map_or(0, |before| before.chars().count()) + 1;
                let is_key = after.trim_start_matches(['"', '\'']).starts_with(':');
                self.word(word, is_key, number, column);
            }
            at += length;
        }
    }

    fn word(&mut self, word: &'a str, is_key: bool, line: usize, column: usize) {
        let what = match (self.key, is_key) {
            (KEY, _) => Some(What::Name),
            ("chapters", false) => Some(What::Chapter),
            _ => None,
        };
        self.found.extend(what.map(|what| Mention { word, line, column, what }));
        if is_key {
            self.key = word;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names of editions with line and column; chapters in brackets.
    fn check(text: &str, expected: &str) {
        let shown = mentions(text).into_iter().map(|it| match it.what {
            What::Name => format!("{} {}:{}", it.word, it.line, it.column),
            What::Chapter => format!("({} {}:{})", it.word, it.line, it.column),
        });
        assert_eq!(shown.collect::<Vec<_>>().join(" "), expected, "{text}");
    }

    #[test]
    fn names_and_chapters_have_places() {
        check("club: a\neditions: [booklet, before]\nfilms: []", "booklet 2:12 before 2:21");
        check("editions:\n  - booklet # all\n  - \"before\": { paper: a5 }\n", "booklet 2:5 before 3:6");
        check(
            "editions:\n- short: { title: form, chapters: [form, scenes] }\n- form:\n    chapters:\n      - form\n\n- before",
            "short 2:3 (form 2:36) (scenes 2:42) form 3:3 (form 5:9) before 7:3",
        );
        check("editions: [{before: {paper: a5}}, booklet]", "before 1:13 booklet 1:35");
        check("films: []", "");
    }
}
