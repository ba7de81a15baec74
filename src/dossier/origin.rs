//! Where a block comes from, by which rule, and how sure the program is.

use crate::source::Span;

/// Where a block or a heading comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Words of the raw text.
    Source {
        /// Its bytes in the decoded text.
        span: Span,
        /// The rule that made it what it is.
        rule: Rule,
        /// How sure the rule is.
        certainty: Certainty,
    },
    /// Written or changed by a person in the reviewed form.
    Edited,
    /// Supplied by the program: a chapter's title that the paste lost.
    Supplied,
}

impl Origin {
    /// Whether its words stand in the source (or were put there by a person).
    #[must_use]
    pub fn is_text(&self) -> bool {
        match self {
            Self::Source { .. } | Self::Edited => true,
            Self::Supplied => false,
        }
    }

    /// The bytes of the raw text, where it comes from there.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Source { span, .. } => Some(*span),
            Self::Edited | Self::Supplied => None,
        }
    }
}

/// How sure the program is, in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Certainty(u16);

impl Certainty {
    /// No doubt.
    pub const SURE: Self = Self(1000);

    /// Below this a chapter's start is worth a look.
    pub const DOUBTFUL: Self = Self(800);

    /// From thousandths; more than 1000 counts as 1000.
    #[must_use]
    pub fn from_thousandths(thousandths: u16) -> Self {
        Self(thousandths.min(1000))
    }

    /// From a probability; anything outside 0 to 1 is drawn to the nearer end.
    #[must_use]
    pub fn from_probability(probability: f64) -> Self {
        let thousandths = (probability.clamp(0.0, 1.0) * 1000.0).floor();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1000 by the clamp")]
        Self(thousandths as u16)
    }

    /// In thousandths, 0 to 1000.
    #[must_use]
    pub fn thousandths(self) -> u16 {
        self.0
    }

    /// As a probability, 0 to 1.
    #[must_use]
    pub fn probability(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// The rule that decided what a line of the source is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $($(#[$doc])* $variant,)*
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name under which a rule is shown and kept in the reviewed form.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The rule of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

rules! {
    /// A line at the top that holds a date.
    DateLine = "date-line",
    /// A line such as `The General (1926)` at the top, or the title again later.
    TitleLine = "title-line",
    /// A short line under the title.
    TaglineLine = "tagline-line",
    /// A line that is the heading of a chapter.
    ChapterHeading = "chapter-heading",
    /// A short line without a full stop that opens something.
    SubHeading = "sub-heading",
    /// A line that is a scene's title.
    SceneTitle = "scene-title",
    /// Text without label or mark.
    Paragraph = "paragraph",
    /// A bullet or a dash before the text.
    Bullet = "bullet",
    /// A short line among its like, whose bullet was lost.
    LostBullet = "lost-bullet",
    /// A question among questions.
    QuestionMark = "question-mark",
    /// Term, dash, definition.
    TermDash = "term-dash",
    /// A label before the text.
    Label = "label",
    /// A label that stands alone.
    BareLabel = "bare-label",
    /// A label below the one before it.
    SubLabel = "sub-label",
    /// A name with a short value, as the film's facts are given.
    Field = "field",
}
