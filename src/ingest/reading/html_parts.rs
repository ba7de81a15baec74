//! Which parts of a saved page are the text, and which are the page's own: menus, banners, scripts.

use super::css::Look;
use scraper::node::Element;
use scraper::{Html, Node};

/// A node of a page.
pub type NodeRef<'a> = ego_tree::NodeRef<'a, Node>;

/// The parts of a page that hold the text, in order.
///
/// `<main>` is the text where it holds enough of it, else the articles, else the whole body. No word of
/// these is left out because it looks unimportant: a short paragraph is as good as a long one.
pub fn of_text(page: &Html) -> Vec<NodeRef<'_>> {
    let root = *page.root_element();
    let all = |is_part: fn(&Element) -> bool| outermost(root, is_part);
    let body = all(|element| element.name() == "body");
    let body = if body.is_empty() { vec![root] } else { body };
    let total = words(&body);
    let holds_the_text = |parts: &[NodeRef]| {
        let words = words(parts);
        words >= 200 || words > 0 && words * 3 >= total
    };
    let main = all(|element| element.name() == "main" || element.attr("role") == Some("main"));
    let articles = all(|element| element.name() == "article");
    let Some(mut parts) = [main, articles].into_iter().find(|parts| holds_the_text(parts)) else {
        return body;
    };
    // the title often stands in a banner above the article
    let titles = all(|element| element.name() == "h1");
    if !parts.iter().any(|part| part.descendants().any(is_title)) {
        parts.splice(0..0, titles.into_iter().take(1));
    }
    parts
}

fn is_title(node: NodeRef) -> bool {
    node.value().as_element().is_some_and(|element| element.name() == "h1")
}

/// The outermost elements of a kind that are not within something that is left out.
fn outermost(root: NodeRef<'_>, is_part: fn(&Element) -> bool) -> Vec<NodeRef<'_>> {
    let mut found = Vec::new();
    let mut next = Some(root);
    while let Some(node) = next {
        let element = node.value().as_element();
        let takes = element.is_some_and(is_part);
        if takes {
            found.push(node);
        }
        let passes =
            takes || element.is_some_and(|element| is_never_text(element) || is_notice(element, node));
        next = if passes { None } else { node.first_child() }.or_else(|| following(node, root));
    }
    found
}

/// The node after this one and all that is in it.
fn following<'a>(node: NodeRef<'a>, root: NodeRef<'a>) -> Option<NodeRef<'a>> {
    std::iter::successors(Some(node), NodeRef::parent)
        .take_while(|above| above.id() != root.id())
        .find_map(|above| above.next_sibling())
}

fn words(parts: &[NodeRef]) -> usize {
    let mut count = 0;
    for root in parts {
        let mut next = Some(*root);
        while let Some(node) = next {
            let left_out = node.value().as_element().is_some_and(|element| is_left_out(element, node, *root));
            count += node.value().as_text().map_or(0, |text| text.split_whitespace().count());
            next = if left_out { None } else { node.first_child() }.or_else(|| following(node, *root));
        }
    }
    count
}

/// Whether an element within a part of the text is none of it.
pub fn is_left_out(element: &Element, node: NodeRef, part: NodeRef) -> bool {
    let in_body = part.value().as_element().is_some_and(|part| matches!(part.name(), "body" | "html"));
    is_never_text(element)
        || is_notice(element, node)
        || is_mark_of_a_note(element, node)
        || in_body && is_around_the_text(element, node, part)
}

/// Elements that are not shown, controls, menus.
fn is_never_text(element: &Element) -> bool {
    const NAMES: [&str; 31] = [
        "head", "title", "script", "style", "noscript", "template", "iframe", "object", "embed", "applet",
        "svg", "canvas", "audio", "video", "map", "button", "select", "textarea", "input", "datalist",
        "dialog", "menu", "nav", "rt", "rp", "frameset", "noframes", "progress", "meter", "img", "picture",
    ];
    const ROLES: [&str; 11] = [
        "navigation",
        "search",
        "dialog",
        "alertdialog",
        "menu",
        "menubar",
        "toolbar",
        "tablist",
        "doc-toc",
        "doc-backlink",
        "doc-noteref",
    ];
    const CLASSES: [&str; 8] = [
        "sr-only",
        "visually-hidden",
        "screen-reader-text",
        "skip-link",
        "footnote-back",
        "footnote-ref",
        "mw-editsection",
        "noprint",
    ];
    NAMES.contains(&element.name())
        || element.attr("role").is_some_and(|role| ROLES.contains(&role))
        || element.classes().any(|class| CLASSES.contains(&class))
        || element.attr("hidden").is_some()
        || element.attr("style").is_some_and(|style| Look::of(style).hidden || is_bullet_of_word(style))
}

/// The bullet that Word writes into a page: `<span style='mso-list:Ignore'>·`.
fn is_bullet_of_word(style: &str) -> bool {
    style.to_lowercase().replace(' ', "").contains("mso-list:ignore")
}

/// What asks for consent to cookies: a box of its own that says so in its name.
fn is_notice(element: &Element, node: NodeRef) -> bool {
    let names = element.id().into_iter().chain(element.classes());
    let is_box = matches!(element.name(), "div" | "section" | "aside" | "footer" | "form");
    let mut tokens = names.flat_map(|name| name.split(['-', '_'])).map(str::to_lowercase);
    is_box
        && tokens
            .any(|token| ["cookie", "cookies", "consent", "gdpr", "cookiebanner"].contains(&token.as_str()))
        && !node.descendants().any(|inner| {
            inner.value().as_element().is_some_and(|e| matches!(e.name(), "main" | "article" | "h1"))
        })
}

/// `<a href="#fn1">[1]</a>`: the number of a note, or the arrow back to it.
fn is_mark_of_a_note(element: &Element, node: NodeRef) -> bool {
    if element.name() != "a" || !element.attr("href").is_some_and(|href| href.starts_with('#')) {
        return false;
    }
    let mut text =
        node.descendants().filter_map(|inner| inner.value().as_text().map(|text| text.to_string()));
    text.all(|text| {
        text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "[]()*†‡↑↩^\u{fe0e}".contains(c))
    })
}

/// In a page without `<main>`: its footer, its side columns, and the banner that bears the site's name.
fn is_around_the_text(element: &Element, node: NodeRef, body: NodeRef) -> bool {
    let around = match (element.name(), element.attr("role")) {
        ("footer" | "aside", _) | (_, Some("contentinfo" | "complementary" | "banner")) => true,
        ("header", _) => is_banner(node, body),
        _ => false,
    };
    around && !is_of_the_text(element, node)
}

/// Whether such an element belongs to a section, or holds the notes.
fn is_of_the_text(element: &Element, node: NodeRef) -> bool {
    let mut names = element.id().into_iter().chain(element.classes()).chain(element.attr("role"));
    let mut above = node.ancestors().filter_map(|above| above.value().as_element());
    names.any(|name| name.contains("footnote") || name.contains("endnote"))
        || above.any(|above| matches!(above.name(), "main" | "article" | "section"))
}

/// A header is a banner where it has a menu, or where the page's title stands below it, once at the top and
/// perhaps once at the end; more such headings are chapters, and the title is the one in the header.
fn is_banner(header: NodeRef, body: NodeRef) -> bool {
    let has_menu = header.descendants().any(|inner| {
        inner
            .value()
            .as_element()
            .is_some_and(|element| matches!(element.name(), "nav" | "form" | "input" | "ul"))
    });
    let titles = |root: NodeRef| root.descendants().filter(|node| is_title(*node)).count();
    has_menu || (1..=2).contains(&(titles(body) - titles(header)))
}
