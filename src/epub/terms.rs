//! The program's own words that the e-book prints, by their keys in the chapter scheme.

use crate::book::Book;

macro_rules! terms {
    ($($(#[$doc:meta])* $name:ident = $key:literal),* $(,)?) => {
        /// A word or phrase of the chapter scheme.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Term {
            $($(#[$doc])* $name,)*
        }

        impl Term {
            /// All that the e-book asks for: a scheme lacks none of them.
            #[cfg(test)]
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its key in the scheme.
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                }
            }
        }
    };
}

terms! {
    /// What the package says of reading without sight.
    AccessibilitySummary = "accessibility_summary",
    /// The same where there are pictures.
    AccessibilitySummaryPictures = "accessibility_summary_pictures",
    /// The head of the timetable's second column.
    AgendaItem = "agenda_item",
    /// Where the arrow behind an entry of the glossary leads.
    BackToText = "back_to_text",
    /// The colophon.
    Colophon = "colophon",
    /// `A companion to the film of {year}`
    CompanionTo = "companion_to",
    /// The contents.
    Contents = "contents",
    /// The cover.
    Cover = "cover",
    /// The film card.
    FilmCard = "film_card",
    /// A list of terms with their meanings.
    Glossary = "glossary",
    /// The index.
    Index = "index",
    /// The head of the timetable's first column.
    Minutes = "minutes",
    /// The list of printed pages.
    PageList = "page_list",
    /// What the colophon says of the booklet's type.
    SetIn = "set_in",
    /// Where reading starts.
    Start = "start",
    /// The timetable of the discussion.
    Timetable = "timetable",
    /// The title page.
    TitlePage = "title_page",
}

impl Term {
    /// The words in the book's language, where its scheme has them.
    pub fn words(self, book: &Book) -> Option<&str> {
        book.terms.get(self.key()).map(String::as_str)
    }
}

/// The words in the book's language, or the key itself where its scheme has none, as everywhere else.
pub fn term(book: &Book, term: Term) -> &str {
    term.words(book).unwrap_or(term.key())
}

#[cfg(test)]
mod tests {
    use super::Term;
    use crate::scheme::Scheme;

    #[test]
    fn every_chapter_scheme_has_the_words_that_an_e_book_prints() {
        for (path, text) in [
            ("en.yaml", include_str!("../../layouts/chapters/en.yaml")),
            ("fr.yaml", include_str!("../../layouts/chapters/fr.yaml")),
        ] {
            let scheme = Scheme::parse(path, text).expect("a chapter scheme");
            let lacking =
                Term::ALL.iter().map(|term| term.key()).filter(|key| !scheme.terms.contains_key(*key));
            assert_eq!(lacking.collect::<Vec<_>>(), [""; 0], "{path}");
        }
    }
}
