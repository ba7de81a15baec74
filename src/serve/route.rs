//! What an address asks for.

use percent_encoding::percent_decode_str;

/// The narrowest and the widest picture of a page, in pixels.
const WIDTHS: (u32, u32) = (100, 2400);

/// The width of a picture for which no width is asked, in pixels.
const WIDTH: u32 = 1000;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/`: the members' page, with a way to everything else.
    Start,
    /// `/films/the-general/`: the pages of a film.
    Film(String),
    /// `/films/the-general/pages/3.png?w=900`: one of them, from 1, so many pixels wide.
    Page {
        /// The film.
        slug: String,
        /// Which page, from 1.
        number: usize,
        /// How wide.
        width: u32,
    },
    /// `/films/the-general/proof`: how its raw text was understood.
    Proof(String),
    /// `/-/news`: what happens, as it happens.
    News,
    /// `/-/live.js`
    Script,
    /// `/-/desk.css`
    Style,
    /// Anything else: a file of the folder of the outputs.
    Output(String),
}

impl Route {
    /// What an address asks for; `None` where it cannot be read.
    pub fn of(address: &str) -> Option<Self> {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let path = percent_decode_str(path.strip_prefix('/')?).decode_utf8().ok()?;
        let parts = path.split('/').collect::<Vec<_>>();
        Some(match parts.as_slice() {
            [""] => Self::Start,
            ["-", "news"] => Self::News,
            ["-", "live.js"] => Self::Script,
            ["-", "desk.css"] => Self::Style,
            ["films", slug, ""] => Self::Film((*slug).to_owned()),
            ["films", slug, "proof"] => Self::Proof((*slug).to_owned()),
            ["films", slug, "pages", page] => {
                let number = page.strip_suffix(".png")?.parse().ok()?;
                Self::Page { slug: (*slug).to_owned(), number, width: width(query) }
            }
            _ => Self::Output(path.into_owned()),
        })
    }
}

fn width(query: &str) -> u32 {
    let asked = query.split('&').find_map(|part| part.strip_prefix("w=")?.parse().ok());
    asked.unwrap_or(WIDTH).clamp(WIDTHS.0, WIDTHS.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_asks_for_one_thing() {
        let page = |number, width| Some(Route::Page { slug: "él".to_owned(), number, width });
        let output = |path: &str| Some(Route::Output(path.to_owned()));
        let cases = [
            ("/", Some(Route::Start)),
            ("/?x", Some(Route::Start)),
            ("/films/%C3%A9l/", Some(Route::Film("él".to_owned()))),
            ("/films/%C3%A9l/proof", Some(Route::Proof("él".to_owned()))),
            ("/films/%C3%A9l/pages/3.png", page(3, 1000)),
            ("/films/%C3%A9l/pages/3.png?v=1&w=640", page(3, 640)),
            ("/films/%C3%A9l/pages/3.png?w=99999999", page(3, 2400)),
            ("/films/%C3%A9l/pages/x.png", None),
            ("/covers/m.jpg", output("covers/m.jpg")),
            ("/%2e%2e/season.yaml", output("../season.yaml")),
            ("/%ff", None),
            ("http://elsewhere/", None),
        ];
        for (address, expected) in cases {
            assert_eq!(Route::of(address), expected, "{address}");
        }
    }
}
