//! The marks of a JPEG file: how many inks it has, and whether its end is there.
//!
//! The decoder is forgiving: it fills what is missing with grey, and turns printing inks into screen
//! colours by a rule of thumb. An editor should hear of both before a booklet is printed.

/// Start and end of a picture, and the start of its pixels (ISO/IEC 10918-1, table B.1).
const END: u8 = 0xd9;
const START_OF_SCAN: u8 = 0xda;

/// What the marks of a JPEG file say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// How many colours each pixel has: 1 grey, 3 colour, 4 printing inks. `None` where the file has no
    /// head of a picture.
    pub inks: Option<u8>,
    /// Whether the end of the picture is there.
    pub has_end: bool,
}

/// Reads the marks of a JPEG file; whatever it holds, something is said.
pub fn read(jpeg: &[u8]) -> Marks {
    let mut marks = Marks::default();
    let mut at = 2;
    while let Some(&[0xff, kind]) = jpeg.get(at..at + 2) {
        if kind == 0xff {
            // a mark may be led in by any number of these
            at += 1;
            continue;
        }
        if is_start_of_frame(kind) {
            marks.inks = jpeg.get(at + 9).copied();
        }
        let Some(&[high, low]) = jpeg.get(at + 2..at + 4) else { break };
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
        if kind == START_OF_SCAN {
            let pixels = jpeg.get(at..).unwrap_or_default();
            marks.has_end = pixels.windows(2).any(|pair| pair == [0xff, END]);
            break;
        }
    }
    marks
}

/// C4, C8 and CC lie among the frames and are tables.
fn is_start_of_frame(kind: u8) -> bool {
    (0xc0..=0xcf).contains(&kind) && !matches!(kind, 0xc4 | 0xc8 | 0xcc)
}
