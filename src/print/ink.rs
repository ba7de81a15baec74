//! Greys as black ink alone.
//!
//! Typst writes a grey as one value of a calibrated profile, or as red, green and blue that are equal. A
//! press would mix both from four inks, and small grey type would get coloured edges. Here both become
//! `DeviceGray`, which is printed with black ink, and so do pictures with a grey profile. What has a colour
//! keeps it as it is; so do gradients, and pictures in red, green and blue in which only greys are seen.

use lopdf::content::Operation;
use lopdf::{Dictionary, Document, Object};
use std::collections::{BTreeMap, BTreeSet};

/// Equal red, green and blue may differ by half a step of eight bits.
const EQUAL: f32 = 0.002;

/// A colour space, as far as it matters.
#[derive(Clone, Debug, PartialEq)]
enum Space {
    /// One value, 0 is black.
    Grey,
    /// Red, green, blue; with the name by which the content calls it.
    Rgb(Vec<u8>),
    /// Anything else: patterns, process colours, spot colours.
    Other,
}

/// The colour spaces for filling and for drawing lines; `None` is what a form got from its place.
#[derive(Clone, Debug, Default)]
struct Inks {
    fill: Option<Space>,
    line: Option<Space>,
}

/// What was found in drawings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Colours {
    /// How often red, green and blue were asked for that make no grey.
    pub rgb: usize,
}

/// Rewrites a drawing's operations, and takes the colour spaces that they need no more out of its
/// resources.
pub fn blacken(
    document: &Document,
    resources: &mut Dictionary,
    operations: Vec<Operation>,
    colours: &mut Colours,
) -> Vec<Operation> {
    let named = resources.get_deref(b"ColorSpace", document).and_then(Object::as_dict);
    let named = named.map_or_else(|_| Dictionary::new(), Clone::clone);
    let spaces = named
        .iter()
        .map(|(name, object)| (name.clone(), space(document, name, object)))
        .collect::<BTreeMap<_, _>>();
    let mut brush =
        Brush { spaces, now: Inks::default(), kept: Vec::new(), drawn: Vec::new(), chosen: None, colours };
    for operation in operations {
        brush.take(operation);
    }
    let drawn = brush.drawn;
    let used = drawn.iter().filter(|it| matches!(it.operator.as_str(), "cs" | "CS")).filter_map(name_of);
    let used = used.collect::<BTreeSet<_>>();
    let rest = named.into_iter().filter(|(name, _)| used.contains(name.as_slice())).collect::<Dictionary>();
    if rest.is_empty() {
        resources.remove(b"ColorSpace");
    } else {
        resources.set("ColorSpace", rest);
    }
    drawn
}

/// Gives grey pictures in a calibrated profile to black ink as well.
pub fn blacken_pictures(document: &mut Document) {
    let grey = |stream: &lopdf::Stream| {
        let is_picture = stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|it| it == b"Image");
        let own = stream.dict.get(b"ColorSpace");
        is_picture && own.is_ok_and(|own| space(document, b"", own) == Space::Grey)
    };
    let pictures = document.objects.iter().filter(|(_, object)| object.as_stream().is_ok_and(grey));
    for id in pictures.map(|(id, _)| *id).collect::<Vec<_>>() {
        if let Ok(Object::Stream(stream)) = document.get_object_mut(id) {
            stream.dict.set("ColorSpace", "DeviceGray");
        }
    }
}

/// How many pictures have colours in red, green and blue.
pub fn coloured_pictures(document: &Document) -> usize {
    let coloured = |object: &&Object| {
        object.as_stream().is_ok_and(|stream| {
            let own = stream.dict.get(b"ColorSpace");
            stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|it| it == b"Image")
                && own.is_ok_and(|own| matches!(space(document, b"", own), Space::Rgb(_)))
        })
    };
    document.objects.values().filter(coloured).count()
}

/// The first operand, where it is a name.
fn name_of(operation: &Operation) -> Option<&[u8]> {
    operation.operands.first().and_then(|name| name.as_name().ok())
}

fn space(document: &Document, name: &[u8], object: &Object) -> Space {
    let Ok((_, object)) = document.dereference(object) else { return Space::Other };
    if let Ok(device) = object.as_name() {
        return device_space(device);
    }
    let Ok([family, rest @ ..]) = object.as_array().map(Vec::as_slice) else { return Space::Other };
    match family.as_name().unwrap_or_default() {
        b"CalGray" => Space::Grey,
        b"CalRGB" => Space::Rgb(name.to_vec()),
        b"ICCBased" => {
            let profile = rest.first().and_then(|profile| document.dereference(profile).ok());
            let kind = profile.and_then(|(_, it)| it.as_stream().ok()).map(profile_kind);
            match kind.as_deref() {
                Some(b"GRAY") => Space::Grey,
                Some(b"RGB ") => Space::Rgb(name.to_vec()),
                _ => Space::Other,
            }
        }
        device if rest.is_empty() => device_space(device),
        _ => Space::Other,
    }
}

fn device_space(name: &[u8]) -> Space {
    match name {
        b"DeviceGray" | b"CalGray" | b"G" => Space::Grey,
        b"DeviceRGB" | b"CalRGB" | b"RGB" => Space::Rgb(b"DeviceRGB".to_vec()),
        _ => Space::Other,
    }
}

/// The four letters of an ICC profile's header that name its colours: bytes 16 to 19 (ICC.1:2022, 7.2).
fn profile_kind(profile: &lopdf::Stream) -> Vec<u8> {
    profile
        .get_plain_content()
        .ok()
        .and_then(|bytes| bytes.get(16..20).map(<[u8]>::to_vec))
        .unwrap_or_default()
}

/// Goes through a drawing with the colours that are set at each place.
struct Brush<'c> {
    spaces: BTreeMap<Vec<u8>, Space>,
    now: Inks,
    /// What `q` kept.
    kept: Vec<Inks>,
    drawn: Vec<Operation>,
    /// The place in `drawn` of a black that stands for a space which was only just chosen.
    chosen: Option<usize>,
    colours: &'c mut Colours,
}

impl Brush<'_> {
    fn take(&mut self, operation: Operation) {
        let just_chosen = self.chosen.take().filter(|place| place + 1 == self.drawn.len());
        match operation.operator.as_str() {
            "q" => self.kept.push(self.now.clone()),
            "Q" => self.now = self.kept.pop().unwrap_or_default(),
            "cs" | "CS" => return self.choose(&operation),
            "sc" | "scn" | "SC" | "SCN" => return self.set(operation, just_chosen),
            "rg" | "RG" => {
                *self.space_mut(&operation) = Some(Space::Rgb(b"DeviceRGB".to_vec()));
                return self.set_rgb(operation);
            }
            "g" | "G" => *self.space_mut(&operation) = Some(Space::Grey),
            "k" | "K" => *self.space_mut(&operation) = Some(Space::Other),
            _ => {}
        }
        self.drawn.push(operation);
    }

    /// Operators in capitals colour lines.
    fn space_mut(&mut self, operation: &Operation) -> &mut Option<Space> {
        if is_for_lines(operation) { &mut self.now.line } else { &mut self.now.fill }
    }

    /// A space is chosen. In those that matter black comes with it, and mostly another colour is set at
    /// once.
    fn choose(&mut self, operation: &Operation) {
        let name = name_of(operation).unwrap_or_default();
        let space = self.spaces.get(name).cloned().unwrap_or_else(|| device_space(name));
        if space == Space::Other {
            self.drawn.push(operation.clone());
        } else {
            self.chosen = Some(self.drawn.len());
            self.drawn.push(grey(operation, Object::Integer(0)));
        }
        *self.space_mut(operation) = Some(space);
    }

    fn set(&mut self, operation: Operation, just_chosen: Option<usize>) {
        match (self.space_mut(&operation).clone(), operation.operands.as_slice()) {
            (Some(Space::Grey), [value]) => {
                let black = grey(&operation, value.clone());
                self.replace(just_chosen, [black]);
            }
            (Some(Space::Rgb(_)), [red, green, blue]) if are_equal([red, green, blue]) => {
                let black = grey(&operation, red.clone());
                self.replace(just_chosen, [black]);
            }
            (Some(Space::Rgb(name)), _) => {
                self.colours.rgb += 1;
                let operator = if is_for_lines(&operation) { "CS" } else { "cs" };
                let space = Operation::new(operator, vec![Object::Name(name)]);
                self.replace(just_chosen, [space, operation]);
            }
            (Some(Space::Grey | Space::Other) | None, _) => self.drawn.push(operation),
        }
    }

    fn set_rgb(&mut self, operation: Operation) {
        match operation.operands.as_slice() {
            [red, green, blue] if are_equal([red, green, blue]) => {
                self.drawn.push(grey(&operation, red.clone()));
            }
            _ => {
                self.colours.rgb += 1;
                self.drawn.push(operation);
            }
        }
    }

    fn replace<const N: usize>(&mut self, just_chosen: Option<usize>, operations: [Operation; N]) {
        if let Some(place) = just_chosen {
            self.drawn.truncate(place);
        }
        self.drawn.extend(operations);
    }
}

fn is_for_lines(operation: &Operation) -> bool {
    operation.operator.starts_with(|first: char| first.is_ascii_uppercase())
}

fn grey(like: &Operation, value: Object) -> Operation {
    Operation::new(if is_for_lines(like) { "G" } else { "g" }, vec![value])
}

fn are_equal([red, green, blue]: [&Object; 3]) -> bool {
    let value = |colour: &Object| colour.as_float().unwrap_or(f32::NAN);
    (value(red) - value(green)).abs() <= EQUAL && (value(green) - value(blue)).abs() <= EQUAL
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::content::Content;
    use lopdf::{Stream, dictionary};

    /// A document with a grey profile under `/c0` and one of red, green and blue under `/c1`.
    fn palette() -> (Document, Dictionary) {
        let mut document = Document::new();
        let mut profile = |kind: &str, values: i64| {
            let header = [&[0; 16][..], kind.as_bytes()].concat();
            let id = document.add_object(Stream::new(dictionary! { "N" => values }, header));
            Object::Array(vec!["ICCBased".into(), id.into()])
        };
        let spaces = dictionary! { "c0" => profile("GRAY", 1), "c1" => profile("RGB ", 3) };
        (document, dictionary! { "ColorSpace" => spaces })
    }

    fn check(content: &str, expected: &str, left: &[&str]) {
        let (document, mut resources) = palette();
        let operations = Content::decode_strict(content.as_bytes()).expect("it can be read").operations;
        let operations = blacken(&document, &mut resources, operations, &mut Colours::default());
        let written = Content { operations }.encode().expect("it can be written");
        assert_eq!(String::from_utf8_lossy(&written).replace('\n', "; "), expected, "{content}");
        let spaces = resources.get(b"ColorSpace").and_then(Object::as_dict).cloned().unwrap_or_default();
        let names =
            spaces.iter().map(|(name, _)| String::from_utf8_lossy(name).into_owned()).collect::<Vec<_>>();
        assert_eq!(names, left, "{content}");
    }

    #[test]
    fn greys_become_black_ink_and_colours_stay() {
        for (content, expected, left) in [
            ("/c0 cs 0.4 scn f", "0.4 g; f", &[][..]),
            ("/c0 CS 0.4 SCN S", "0.4 G; S", &[]),
            ("/c1 cs 0.2 0.2 0.2 scn f", "0.2 g; f", &[]),
            ("0.2 0.2 0.2 rg 1 0 0 RG", "0.2 g; 1 0 0 RG", &[]),
            ("/c1 cs 0.2 0.3 0.2 scn f", "/c1 cs; 0.2 0.3 0.2 scn; f", &["c1"]),
            ("/c1 cs f", "0 g; f", &[]),
            ("/c1 cs 0 0 0 scn f 1 0 0 scn f", "0 g; f; /c1 cs; 1 0 0 scn; f", &["c1"]),
            ("q /c1 cs 0 0 0 scn f Q 1 0 0 scn", "q; 0 g; f; Q; 1 0 0 scn", &[]),
            ("/c0 cs q 0.5 scn Q 0.6 scn", "0 g; q; 0.5 g; Q; 0.6 g", &[]),
            ("/Pattern cs /p0 scn f", "/Pattern cs; /p0 scn; f", &[]),
            ("0 0 0 0.8 k f 0.3 g", "0 0 0 0.8 k; f; 0.3 g", &[]),
            ("/DeviceRGB cs 0.5 0.5 0.5 sc", "0.5 g", &[]),
        ] {
            check(content, expected, left);
        }
    }

    #[test]
    fn colours_are_counted() {
        let (document, mut resources) = palette();
        let operations =
            Content::decode_strict(b"/c1 cs 1 0 0 scn 0 0 0 scn 1 0 0 rg 0 0 0 1 k").expect("it can be read");
        let mut colours = Colours::default();
        blacken(&document, &mut resources, operations.operations, &mut colours);
        assert_eq!(colours, Colours { rgb: 2 });
    }
}
