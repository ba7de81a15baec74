//! The first words of an essay, which stand in small capitals.

/// So many characters are set apart, or a few more: no word is cut.
const LENGTH: usize = 16;

/// The words at the start: up to the first mark of punctuation, or up to the end of the word in which
/// the sixteenth character falls.
///
/// They stay letters as they are: small capitals are a matter of type, and a voice must not spell them.
pub fn first_words(text: &str) -> &str {
    let mut end = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let trimmed = word.trim_end();
        let before = end;
        end += word.len();
        let shown = text.get(..before + trimmed.len()).unwrap_or(text);
        if shown.chars().count() > 2 * LENGTH {
            return ""; // a script without spaces, which has no capitals either
        }
        if trimmed.ends_with([',', ';', ':', '.', '?', '!', '…']) || shown.chars().count() >= LENGTH {
            return shown;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_up_to_a_pause() {
        let cases = [
            ("Ask where Buster Egede is in The General", "Ask where Buster"),
            ("Wisborg, 1838. Hutter leaves", "Wisborg,"),
            ("A film about filmmaking ought", "A film about filmmaking"),
            ("Short", "Short"),
            ("", ""),
            ("千と千尋の神隠し", "千と千尋の神隠し"),
            (
                "一九七七年生まれの少女が両親とともに引っ越し先へ向かう途中で森の中の奇妙なトンネルに迷い込む",
                "",
            ),
        ];
        for (text, words) in cases {
            assert_eq!(first_words(text), words);
        }
    }
}
