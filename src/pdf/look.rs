//! Whether pages look the same, without drawing them.

use typst::layout::{Frame, FrameItem};
use typst::utils::hash128;
use typst_layout::Page;

/// A figure that differs for pages that look otherwise. Tags and links are not seen, and they change with
/// every word of the book.
pub fn fingerprint(page: &Page) -> u128 {
    let mut seen = vec![hash128(&(page.frame.size(), &page.fill))];
    add(&page.frame, &mut seen);
    hash128(&seen)
}

fn add(frame: &Frame, seen: &mut Vec<u128>) {
    for (at, item) in frame.items() {
        match item {
            FrameItem::Tag(_) | FrameItem::Link(..) => {}
            FrameItem::Group(group) => {
                seen.push(hash128(&(at, group.transform, &group.clip, group.frame.items().len())));
                add(&group.frame, seen);
            }
            FrameItem::Text(_) | FrameItem::Shape(..) | FrameItem::Image(..) => {
                seen.push(hash128(&(at, item)));
            }
        }
    }
}
