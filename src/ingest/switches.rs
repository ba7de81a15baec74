//! What cleaning may change. A club that types its own quotes, or pastes verse, switches a step off.

use serde::Deserialize;

/// The steps of cleaning that can be switched off; all are on unless season.yaml says otherwise.
///
/// Composed Unicode and characters that no book can hold are no matter of taste: those steps have no switch.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "one key of season.yaml each, and each stands by itself")]
pub struct Switches {
    /// Misread characters are repaired: `Ã©` is `é`.
    pub mojibake: bool,
    /// Hard-wrapped lines are joined, and words that were divided at a line end mended.
    pub unwrap: bool,
    /// Quotes, apostrophes and primes are set by language.
    pub quotes: bool,
    /// Double hyphens are dashes, three dots an ellipsis.
    pub dashes: bool,
    /// Runs of blanks, no-break and zero-width spaces and soft hyphens go; French punctuation keeps its space.
    pub spaces: bool,
}

impl Default for Switches {
    fn default() -> Self {
        Self { mojibake: true, unwrap: true, quotes: true, dashes: true, spaces: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_named_stays_on() {
        let read = |yaml| serde_yaml::from_str::<Switches>(yaml).map_err(|error| error.to_string());
        assert_eq!(read("quotes: false"), Ok(Switches { quotes: false, ..Switches::default() }));
        assert_eq!(read("{}"), Ok(Switches::default()));
        assert!(read("quote: false").is_err_and(|error| error.contains("quote")));
    }
}
