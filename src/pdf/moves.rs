//! What can be done about a fault: a paragraph a line tighter or looser, a heading carried over, a page
//! left shorter. Each is a guess; whether it helps, the next layout tells.

use super::faults::{FEWEST_LINES, Fault, FaultKind};
use super::lines::Line;
use super::reader::Proof;

/// The most that a paragraph's letters are moved, in thousandths of an em. A reader does not see it: a
/// line of sixty letters becomes longer or shorter by three quarters of an em.
const MOST_TRACKING: i32 = 12;

/// The most lines that a page is left shorter than its measure.
const MOST_SHORT: usize = 6;

/// The most lines that a chapter's text begins higher or lower than the others'.
const MOST_SUNK: usize = 3;

/// A change of one leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Letterspacing, in thousandths of an em.
    Tracking(i32),
    /// It begins on a new page.
    CarryOver,
    /// So many lines of white more above it.
    Above(u8),
    /// Its last two words stay on one line.
    Together,
    /// The text of the chapter whose title it is begins so many lines lower.
    Sink(i8),
    /// The page on which it begins is so many lines shorter.
    Short(u8),
}

/// Changes of some leaves, tried together.
pub type Move = Vec<(String, Change)>;

/// What can be done about a fault, the gentlest first.
pub fn moves(proof: &Proof, fault: &Fault) -> Vec<Move> {
    let own = |change: Change| vec![(fault.leaf.clone(), change)];
    match fault.kind {
        FaultKind::StrandedHeading => vec![own(Change::CarryOver)],
        FaultKind::Runt => {
            let tracked = runt(proof, fault).into_iter().map(Change::Tracking);
            std::iter::once(Change::Together).chain(tracked).map(own).collect()
        }
        FaultKind::Widow => {
            [tighter(proof, Some(fault.page), 1), looser(proof, fault.page.checked_sub(1), 1)].concat()
        }
        FaultKind::Orphan => {
            [looser(proof, Some(fault.page), 1), tighter(proof, Some(fault.page), 1)].concat()
        }
        // an opening that begins a line higher or lower is seen by nobody
        FaultKind::ShortPage(lines) => [
            sunk(proof, fault, lines),
            tighter(proof, None, lines),
            looser(proof, None, FEWEST_LINES - lines),
            whole(proof, fault),
        ]
        .concat(),
        FaultKind::NearlyEmptyLastPage | FaultKind::Overfull => Vec::new(),
        FaultKind::UnevenSpread(by) => even(proof, fault, by),
        FaultKind::LooseLine | FaultKind::HyphenStack => {
            [4, -4, 8, -8].map(|by| own(Change::Tracking(by))).to_vec()
        }
    }
}

/// How a paragraph's text fills its lines, in points.
struct Filling {
    leaf: usize,
    /// Letters on all its lines but the last.
    letters: f64,
    measure: f64,
    last_line: f64,
    size: f64,
    first_page: usize,
    last_page: usize,
}

impl Filling {
    fn of(leaf: usize, lines: &[&Line], text: &str) -> Option<Self> {
        let (first, last) = (lines.first()?, lines.last()?);
        let measure = lines.iter().map(|line| line.x.end - line.x.start).fold(0.0, f64::max);
        #[expect(clippy::cast_precision_loss, reason = "letters of a paragraph")]
        let letters = text.get(..last.bytes.start)?.chars().count() as f64;
        (lines.len() > 1).then_some(Self {
            leaf,
            letters,
            measure,
            last_line: last.x.end - last.x.start,
            size: last.size,
            first_page: first.page,
            last_page: last.page,
        })
    }

    /// Thousandths of an em by which its letters move together for its last line to vanish.
    fn to_lose(&self) -> i32 {
        -self.thousandths(self.last_line)
    }

    /// Thousandths of an em by which its letters move apart for it to need one more line, with two
    /// ems of text on it.
    fn to_gain(&self) -> i32 {
        self.thousandths(self.measure - self.last_line + 2.0 * self.size)
    }

    fn thousandths(&self, points: f64) -> i32 {
        #[expect(clippy::cast_possible_truncation, reason = "small figures; a huge one stays too much")]
        let by = (1000.0 * points / (self.letters.max(1.0) * self.size)).ceil() as i32;
        by.max(1)
    }
}

fn fillings(proof: &Proof) -> Vec<Filling> {
    let leaves = proof.by_leaf();
    leaves.iter().filter_map(|(leaf, lines)| Filling::of(*leaf, lines, &proof.leaves[*leaf].text)).collect()
}

/// Letterspacings that may mend a last line of one word.
fn runt(proof: &Proof, fault: &Fault) -> Vec<i32> {
    let own = fillings(proof).into_iter().find(|filling| proof.leaves[filling.leaf].id == fault.leaf);
    let Some(own) = own else { return Vec::new() };
    let word = own.thousandths(3.0 * own.size);
    let mut tried = vec![own.to_lose(), word, 2 * word, own.to_lose() - 2, 3 * word];
    tried.retain(|by| by.abs() <= MOST_TRACKING);
    tried.dedup();
    tried
}

/// Paragraphs that end on the page, or anywhere, made tighter to save so many lines.
fn tighter(proof: &Proof, page: Option<usize>, lines: usize) -> Vec<Move> {
    let on_page = fillings(proof)
        .into_iter()
        .filter(|one| page.is_none_or(|page| one.last_page == page || one.first_page == page));
    chosen(proof, on_page.map(|one| (one.to_lose(), one.leaf)).collect(), lines)
}

/// Paragraphs that stand on the page, or anywhere, made looser to fill so many lines.
fn looser(proof: &Proof, page: Option<usize>, lines: usize) -> Vec<Move> {
    let on_page = fillings(proof)
        .into_iter()
        .filter(|one| page.is_none_or(|page| one.last_page == page && one.first_page == page));
    chosen(proof, on_page.map(|one| (one.to_gain(), one.leaf)).collect(), lines)
}

/// The cheapest paragraphs, so many together; then the next cheapest in place of one of them.
fn chosen(proof: &Proof, mut found: Vec<(i32, usize)>, count: usize) -> Vec<Move> {
    found.retain(|(by, _)| by.abs() <= MOST_TRACKING);
    found.sort_by_key(|(by, leaf)| (by.abs(), *leaf));
    let change = |(by, leaf): &(i32, usize)| (proof.leaves[*leaf].id.clone(), Change::Tracking(*by));
    let sets = found.windows(count.max(1)).take(4);
    sets.map(|set| set.iter().map(change).collect()).collect()
}

/// Begins the chapter's text higher, so that its last lines go, or lower, so that there are enough.
fn sunk(proof: &Proof, fault: &Fault, lines: usize) -> Vec<Move> {
    let title = proof.chapter_of(fault).and_then(|chapter| proof.title(chapter));
    let Some(title) = title else { return Vec::new() };
    let up = (lines <= MOST_SUNK).then_some(-(i8::try_from(lines).unwrap_or(i8::MAX)));
    let more = FEWEST_LINES - lines;
    let down = (more <= MOST_SUNK).then_some(i8::try_from(more).unwrap_or(i8::MAX));
    let sink = |by: i8| vec![(title.to_owned(), Change::Sink(by))];
    up.into_iter().chain(down).map(sink).collect()
}

/// Sets the whole chapter a trifle closer.
fn whole(proof: &Proof, fault: &Fault) -> Vec<Move> {
    let Some(id) = proof.chapter_of(fault).and_then(|chapter| proof.ids.get(chapter)) else {
        return Vec::new();
    };
    [-2, -4, 4].map(|by| vec![(id.clone(), Change::Tracking(by))]).to_vec()
}

/// Brings the shallower of two facing pages down, or leaves both a little shorter. What is taken off a
/// verso comes onto the recto facing it, so that half of the difference is often enough there.
fn even(proof: &Proof, fault: &Fault, by: usize) -> Vec<Move> {
    let shallow = fault.page;
    let deep = if shallow % 2 == 1 { shallow + 1 } else { shallow - 1 };
    let mut found = if by <= 3 { looser(proof, Some(shallow), by) } else { Vec::new() };
    found.truncate(1);
    found.extend(opened(proof, shallow, by));
    let Some((deep, shallow)) = below_head(proof, deep).zip(below_head(proof, shallow)) else { return found };
    found.extend(cuts(by).into_iter().map(|(off_deep, off_shallow)| {
        vec![(deep.clone(), Change::Short(off_deep)), (shallow.clone(), Change::Short(off_shallow))]
    }));
    found
}

/// The most lines of white that are added on a page.
const MOST_WHITE: usize = 6;

/// The white above headings, labels and rows of a page opened by a line each, so that its last line
/// comes down to that of the page facing it: the widest white first, which shows it least.
fn opened(proof: &Proof, page: usize, by: usize) -> Option<Move> {
    let pages = proof.by_page();
    let mut lines = pages.get(&page)?.clone();
    lines.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut whites = lines
        .windows(2)
        .filter(|pair| pair[0].leaf != pair[1].leaf)
        .map(|pair| (pair[1].y - pair[0].y, pair[1].leaf))
        .filter(|(white, _)| *white > 1.4 * proof.leading)
        .collect::<Vec<_>>();
    whites.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    if by > MOST_WHITE || by > 2 * whites.len() {
        return None;
    }
    let lines = |at: usize| by / whites.len() + usize::from(at < by % whites.len());
    let changes = whites.iter().enumerate().filter(|(at, _)| lines(*at) > 0);
    let above = |(at, (_, leaf)): (usize, &(f64, usize))| {
        (proof.leaves[*leaf].id.clone(), Change::Above(u8::try_from(lines(at)).unwrap_or(u8::MAX)))
    };
    Some(changes.map(above).collect())
}

/// How many lines to take off the deep page and off the shallow one, the fewest first. Where a page may
/// end depends on the paragraphs that end there, so that the plain difference often does not do.
fn cuts(by: usize) -> Vec<(u8, u8)> {
    let most = u8::try_from(by.min(MOST_SHORT)).unwrap_or(0).max(4);
    let mut cuts =
        (0..=most).flat_map(|deep| (0..=4).map(move |shallow| (deep, shallow))).collect::<Vec<_>>();
    let wanted = i32::try_from(by).unwrap_or(0);
    cuts.retain(|cut| *cut != (0, 0));
    cuts.sort_by_key(|(deep, shallow)| {
        let (deep, shallow) = (i32::from(*deep), i32::from(*shallow));
        (deep + shallow + 2 * (deep - shallow - wanted).abs().min(2), deep)
    });
    cuts
}

/// The first leaf that begins on the page, but not at its head: what is asked for there would still
/// fall to the page before.
fn below_head(proof: &Proof, page: usize) -> Option<String> {
    let head = proof.by_page().get(&page)?.iter().map(|line| line.y).fold(f64::MAX, f64::min);
    let begins = |lines: &[&Line]| {
        lines.first().is_some_and(|line| line.page == page && line.y > head + proof.leading / 2.0)
    };
    let (leaf, _) = proof.by_leaf().into_iter().find(|(_, lines)| begins(lines))?;
    Some(proof.leaves[leaf].id.clone())
}
