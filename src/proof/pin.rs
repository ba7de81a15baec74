//! Pins: lines for season.yaml by which a person decides where the program doubts.

/// The pin of a chapter's start, under its film's entry: `starts: { auteur: "Holm is hard to catch" }`.
pub fn start(chapter: &str, words: &str) -> String {
    format!("starts: {{ {}: {} }}", key(chapter), quoted(words))
}

/// The pin of a chapter that is not there: `chapters: { legacy: absent }`.
pub fn absent(chapter: &str) -> String {
    format!("chapters: {{ {}: absent }}", key(chapter))
}

/// A key as YAML takes it for a name, whatever a club calls its chapters.
fn key(id: &str) -> String {
    let plain = id.starts_with(|c: char| c.is_ascii_alphabetic())
        && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        && !matches!(id, "null" | "true" | "false" | "yes" | "no" | "on" | "off");
    if plain { id.to_owned() } else { quoted(id) }
}

/// Words between double quotes.
fn quoted(words: &str) -> String {
    let mut out = String::from('"');
    for c in words.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pins_are_yaml_whatever_the_words_are() {
        assert_eq!(start("auteur", "Holm is hard"), "starts: { auteur: \"Holm is hard\" }");
        let hostile = "a \"b\": {c} #d \\ 'e' [f], – g";
        let read: serde_yaml::Value =
            serde_yaml::from_str(&start("9 lives: no", hostile)).expect("this is YAML");
        assert_eq!(read["starts"]["9 lives: no"].as_str(), Some(hostile));
        let read: serde_yaml::Value = serde_yaml::from_str(&absent("legacy")).expect("this is YAML");
        assert_eq!(read["chapters"]["legacy"].as_str(), Some("absent"));
    }
}
