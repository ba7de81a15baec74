//! What a print shop asks before it takes a file: are all fonts inside, is anything see-through?

use lopdf::{Dictionary, Document, Object};
use std::collections::BTreeSet;

/// Fonts that are named but not inside, by their names.
pub fn fonts_outside(document: &Document) -> Vec<String> {
    let fonts = document.objects.values().filter_map(|object| object.as_dict().ok());
    let missing = fonts.filter(|font| is_outside(document, font)).map(|font| {
        let name = font.get(b"BaseFont").and_then(Object::as_name).unwrap_or(b"without a name");
        String::from_utf8_lossy(name).into_owned()
    });
    missing.collect::<BTreeSet<_>>().into_iter().collect()
}

fn is_outside(document: &Document, font: &Dictionary) -> bool {
    let kind = font.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
    let has_letters = matches!(kind, b"Type1" | b"MMType1" | b"TrueType" | b"CIDFontType0" | b"CIDFontType2");
    if !font.has_type(b"Font") || !has_letters {
        // a composite font has its letters in another one, and one of type 3 has drawings
        return false;
    }
    let descriptor = font.get_deref(b"FontDescriptor", document).and_then(Object::as_dict);
    !descriptor.is_ok_and(|it| [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|key| it.has(key)))
}

/// Whether anything is see-through: an opacity below one, a mask, or a way of blending.
pub fn is_see_through(document: &Document) -> bool {
    document.objects.values().any(|object| match object {
        Object::Stream(stream) => {
            let masked = is_mask(&stream.dict, b"SMask");
            masked || stream.dict.get_deref(b"Resources", document).is_ok_and(|it| blends(document, it))
        }
        Object::Dictionary(dict) => {
            is_state(dict) || dict.get_deref(b"Resources", document).is_ok_and(|it| blends(document, it))
        }
        Object::Null
        | Object::Boolean(_)
        | Object::Integer(_)
        | Object::Real(_)
        | Object::Name(_)
        | Object::String(..)
        | Object::Array(_)
        | Object::Reference(_) => false,
    })
}

/// Whether resources hold a state that blends; states may stand in them or for themselves.
fn blends(document: &Document, resources: &Object) -> bool {
    let states =
        resources.as_dict().and_then(|it| it.get_deref(b"ExtGState", document)).and_then(Object::as_dict);
    states.is_ok_and(|states| {
        states.iter().any(|(_, state)| {
            let state = document.dereference(state).and_then(|(_, state)| state.as_dict());
            state.is_ok_and(is_state)
        })
    })
}

fn is_state(state: &Dictionary) -> bool {
    let is_thin = |key: &[u8]| state.get(key).and_then(Object::as_float).is_ok_and(|opacity| opacity < 1.0);
    let is_blended = state
        .get(b"BM")
        .and_then(Object::as_name)
        .is_ok_and(|mode| mode != b"Normal" && mode != b"Compatible");
    is_thin(b"ca") || is_thin(b"CA") || is_mask(state, b"SMask") || is_blended
}

fn is_mask(dict: &Dictionary, key: &[u8]) -> bool {
    dict.get(key).is_ok_and(|mask| mask.as_name().map_or(!mask.is_null(), |name| name != b"None"))
}
