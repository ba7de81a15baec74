//! The pictures of a film: found in its folder, made for print and for screens, hung into the book.

use super::exposure::Exposure;
use super::{Job, store};
use crate::book::{self, Book, Picture, Plate, Spot};
use crate::diag::{Code, Diagnostic, Place, Warned};
use crate::picture::{self, Negative, Print, Size};
use crate::season::{Film, Still};
use std::path::{Path, PathBuf};

/// The folder of the pictures within a Typst project and within an e-book.
const FOLDER: &str = "pictures";

/// Endings of files that were meant as pictures, whether they can be read or not.
const MEANT: [&str; 7] = ["gif", "tif", "tiff", "heic", "avif", "bmp", "svg"];

/// A path under [`FOLDER`], and the bytes of the file.
type PictureFile = (String, Vec<u8>);

/// What pictures are made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// The booklet.
    Print,
    /// The e-book.
    Screen,
}

/// The pictures of one film, ready to be hung.
#[derive(Debug, Default)]
pub struct Gallery {
    /// The cover's picture with its credit.
    cover: Option<(Picture, Option<String>)>,
    /// The plates as they are printed.
    plates: Vec<Plate>,
    /// The same for the e-book: other files, other sizes.
    screen_plates: Vec<Plate>,
    print: Vec<PictureFile>,
    screen: Vec<PictureFile>,
}

impl Gallery {
    /// Reads the pictures that season.yaml names for a film, in the folder beside the dossier that bears
    /// its name, and makes them for print and screen. Notes tell of files there that it does not name,
    /// warnings of pictures too small for the measure.
    ///
    /// # Errors
    /// One for each picture that is missing, or cannot be read.
    pub fn open(
        job: &Job,
        film: Option<&Film>,
        exposure: &Exposure,
    ) -> Result<Warned<Self>, Vec<Diagnostic>> {
        let mut room = Room::enter(job, *exposure).map_err(|error| vec![error])?;
        let mut gallery = Self::default();
        let cover = film.and_then(|film| film.cover.as_ref());
        if let Some(cover) = cover {
            let at = (cover.file.as_str(), cover.place.as_ref());
            if let Some((print, _)) = room.hang(at, "cover", exposure.frame.page) {
                gallery.cover =
                    Some((gallery.keep(Medium::Print, "cover", &cover.alt, print), cover.credit.clone()));
            }
        }
        let stills = film.map(|film| film.stills.as_slice()).unwrap_or_default();
        for (number, still) in (1..).zip(stills) {
            let name = format!("still-{number}");
            let at = (still.file.as_str(), still.place.as_ref());
            if let Some((print, screen)) = room.hang(at, &name, exposure.frame.measure) {
                let print = gallery.keep(Medium::Print, &name, &still.alt, print);
                let screen = gallery.keep(Medium::Screen, &name, &still.alt, screen);
                gallery.plates.push(plate(still, print));
                gallery.screen_plates.push(plate(still, screen));
            }
        }
        let named = cover.map(|cover| &cover.file).into_iter().chain(stills.iter().map(|still| &still.file));
        room.tell_unnamed(&named.collect::<Vec<_>>());
        if room.faults.is_empty() {
            Ok(Warned { value: gallery, warnings: room.warnings })
        } else {
            Err(room.faults)
        }
    }

    /// Keeps a finished picture's file, and says how the book names it.
    fn keep(&mut self, medium: Medium, name: &str, alt: &str, print: Print) -> Picture {
        let file = format!("{FOLDER}/{name}.{}", print.kind.ending());
        let picture = Picture {
            file: file.clone(),
            alt: alt.trim().to_owned(),
            width: print.width,
            height: print.height,
        };
        match medium {
            Medium::Print => self.print.push((file, print.bytes)),
            Medium::Screen => self.screen.push((file, print.bytes)),
        }
        picture
    }

    /// The files, by the paths under which the book names them.
    #[must_use]
    pub fn files(&self, medium: Medium) -> &[PictureFile] {
        match medium {
            Medium::Print => &self.print,
            Medium::Screen => &self.screen,
        }
    }

    /// Takes the files of another film's pictures within its text, under the names that an almanac has for
    /// those of the film `volume`.
    pub fn take_stills(&mut self, other: Self, volume: &str) {
        let cover = other.cover.map(|(picture, _)| picture.file);
        let renamed = |(file, bytes): PictureFile| (book::picture_file(volume, &file), bytes);
        let print = other.print.into_iter().filter(|(file, _)| Some(file) != cover.as_ref());
        self.print.extend(print.map(renamed));
        self.screen.extend(other.screen.into_iter().map(renamed));
    }

    /// Hangs the pictures into the whole book; the cover's credit goes into the colophon.
    ///
    /// # Errors
    /// Where a picture's place is not there or not clear.
    pub fn hang(&self, book: &mut Book, medium: Medium) -> Result<(), Vec<Diagnostic>> {
        book::insert_plates(
            book,
            match medium {
                Medium::Print => &self.plates,
                Medium::Screen => &self.screen_plates,
            },
        )?;
        if let Some((picture, credit)) = &self.cover {
            let title = book.terms.get("cover").map_or("Cover", String::as_str);
            let line = credit.as_ref().map(|credit| format!("{title}: {}", credit.trim()));
            book.cover = Some(picture.clone());
            book.colophon.extend(line);
        }
        Ok(())
    }
}

fn plate(still: &Still, picture: Picture) -> Plate {
    let spot = match (&still.after, still.scene) {
        (Some(words), _) => Spot::After(words.clone()),
        (None, Some(number)) => Spot::Scene(number),
        (None, None) => Spot::Opening,
    };
    Plate {
        picture,
        caption: still.caption.clone().unwrap_or_default(),
        credit: still.credit.clone().unwrap_or_default(),
        chapter: still.chapter.clone(),
        spot,
        place: still.place.clone(),
    }
}

/// The folder of a film's pictures, and what there is to say of it.
struct Room {
    folder: PathBuf,
    files: Vec<PathBuf>,
    exposure: Exposure,
    faults: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
}

/// The files in the folder of a film's pictures; none where it has no such folder.
///
/// # Errors
/// Where the folder cannot be read.
pub fn files_beside(job: &Job) -> Result<Vec<PathBuf>, Diagnostic> {
    let folder = job.path.with_file_name(&job.slug);
    if job.in_season && folder.is_dir() { store::files_in(&folder) } else { Ok(Vec::new()) }
}

impl Room {
    fn enter(job: &Job, exposure: Exposure) -> Result<Self, Diagnostic> {
        let (folder, files) = (job.path.with_file_name(&job.slug), files_beside(job)?);
        Ok(Self { folder, files, exposure, faults: Vec::new(), warnings: Vec::new() })
    }

    /// A picture for print and for the screen; where that cannot be, the fault is noted. `at` is its
    /// file's name and its line in season.yaml, `width` how wide it is printed at most.
    fn hang(&mut self, at: (&str, Option<&Place>), name: &str, width: u32) -> Option<(Print, Print)> {
        let found = self.files.iter().find(|path| file_name(path) == at.0).cloned();
        let made = match &found {
            Some(path) => store::read(path).and_then(|bytes| self.made(path, &bytes, name, width)),
            None => Err(self.missing(at.0, at.1)),
        };
        made.map_err(|fault| self.faults.push(fault)).ok()
    }

    fn made(
        &mut self,
        path: &Path,
        bytes: &[u8],
        name: &str,
        width: u32,
    ) -> Result<(Print, Print), Diagnostic> {
        let here = |fault: Diagnostic| fault.at(Place::file(store::shown(path)));
        let negative = Negative::develop(bytes).map_err(here)?;
        self.warnings.extend(too_small(path, &negative, width));
        let print = negative.print(Size::Paper { width: self.exposure.frame.page }, self.exposure.print);
        let print = print.map_err(here)?;
        // the cover of the e-book is drawn from the print
        let screen = if name == "cover" {
            Ok(print.clone())
        } else {
            negative.print(Size::Screen, self.exposure.screen)
        };
        Ok((print, screen.map_err(here)?))
    }

    fn missing(&self, name: &str, place: Option<&Place>) -> Diagnostic {
        let folder = store::shown(&self.folder);
        let alike =
            self.files.iter().map(|path| file_name(path)).find(|other| other.eq_ignore_ascii_case(name));
        let (message, hint) = if self.files.is_empty() {
            let message = format!("there is no “{name}”, because the folder {folder} is not there or empty");
            (message, format!("make the folder {folder} and put the picture into it"))
        } else if let Some(alike) = alike {
            let message = format!("there is no “{name}” in the folder {folder}, but “{alike}”");
            (message, format!("capitals count: write `file: {alike}`"))
        } else {
            let there = self.files.iter().map(|path| file_name(path)).collect::<Vec<_>>().join(", ");
            let message = format!("there is no “{name}” in the folder {folder}");
            (message, format!("put it there, or correct its name; the folder has: {there}"))
        };
        let place = place.cloned().unwrap_or_else(|| Place::file(folder));
        Diagnostic::error(Code::Picture, message).at(place).hint(hint)
    }

    /// A picture that nobody named may have been forgotten.
    fn tell_unnamed(&mut self, named: &[&String]) {
        let is_picture = |path: &Path| {
            let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
            ending.is_some_and(|ending| picture::ENDINGS.iter().chain(&MEANT).any(|known| *known == ending))
        };
        let unnamed = self.files.iter().filter(|path| is_picture(path)).map(|path| file_name(path));
        for name in unnamed.filter(|name| named.iter().all(|known| *known != name)) {
            let message = format!("the picture “{name}” is not used: season.yaml does not name it");
            self.warnings.push(
                Diagnostic::note(Code::Picture, message)
                    .at(Place::file(store::shown(&self.folder)))
                    .hint(format!("to show it, add to the film: `stills:`, and below it `- {{ file: \"{name}\", alt: \"what it shows\", after: \"first words of a paragraph\" }}`")),
            );
        }
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// A print that would look soft across the whole measure.
fn too_small(path: &Path, negative: &Negative, measure: u32) -> Option<Diagnostic> {
    let (width, height) = (negative.width(), negative.height());
    let dots = picture::dots_per_inch(width, measure);
    let fewest = picture::FEWEST_DOTS_PER_INCH;
    (dots < fewest).then(|| {
        let (enough, good) =
            (picture::pixels_for(measure, fewest), picture::pixels_for(measure, picture::DOTS_PER_INCH));
        let message = format!(
            "the picture has {width} × {height} pixels: printed {measure} mm wide that is {dots} dots to the inch, and under {fewest} it looks soft"
        );
        Diagnostic::warning(Code::Picture, message)
            .at(Place::file(store::shown(path)))
            .hint(format!("take a picture at least {enough} pixels wide; {good} are as good as print gets"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::exposure::Frame;
    use crate::picture::Tone;
    use crate::season::Season;
    use image::{ImageFormat, RgbImage};

    const SEASON: &str = "films:\n  - dossier: m\n    cover: { file: cover.png, alt: A hand, credit: Us }\n    \
        stills:\n      - file: train.png\n        alt: A train\n        chapter: film\n";

    fn png(width: u32) -> Vec<u8> {
        let mut file = std::io::Cursor::new(Vec::new());
        RgbImage::new(width, width / 2).write_to(&mut file, ImageFormat::Png).expect("it can be encoded");
        file.into_inner()
    }

    /// Opens the gallery of the film `m` with these files in its folder.
    fn open(files: &[(&str, &[u8])]) -> Result<Warned<Gallery>, Vec<Diagnostic>> {
        let sources = tempfile::tempdir().expect("a temporary folder");
        let job = Job {
            slug: "m".to_owned(),
            path: sources.path().join("m.txt"),
            reviewed: false,
            in_season: true,
        };
        for (name, bytes) in files {
            store::make_folder(&sources.path().join("m")).expect("a folder");
            store::replace(&sources.path().join("m").join(name), bytes).expect("a file");
        }
        let season = Season::parse("season.yaml", SEASON).expect("a season");
        let frame = Frame { page: 148, measure: 94 };
        let exposure = Exposure { frame, print: Tone::Colour, screen: Tone::Colour };
        Gallery::open(&job, season.films.first(), &exposure)
    }

    fn messages(found: &[Diagnostic]) -> Vec<&str> {
        found.iter().map(|found| found.message.as_str()).collect()
    }

    #[test]
    fn pictures_become_files_for_print_and_for_screens() {
        let opened = open(&[("cover.png", &png(900)), ("train.png", &png(2200)), ("Thumbs.db", b"")]);
        let Warned { value: gallery, warnings } = opened.expect("both are there");
        assert_eq!(messages(&warnings), Vec::<&str>::new());
        let names = |medium| gallery.files(medium).iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>();
        assert_eq!(names(Medium::Print), ["pictures/cover.png", "pictures/still-1.png"]);
        assert_eq!(names(Medium::Screen), ["pictures/still-1.png"]);
        let width = |plates: &[Plate]| plates.iter().map(|plate| plate.picture.width).collect::<Vec<_>>();
        assert_eq!((width(&gallery.plates), width(&gallery.screen_plates)), (vec![1749], vec![2000]));
    }

    #[test]
    fn what_is_missing_small_or_forgotten_is_told() {
        let small = open(&[("cover.png", &png(900)), ("train.png", &png(300)), ("more.JPG", b"x")]);
        assert_eq!(
            messages(&small.expect("it can be printed").warnings),
            [
                "the picture has 300 × 150 pixels: printed 94 mm wide that is 81 dots to the inch, and under 150 it looks soft",
                "the picture “more.JPG” is not used: season.yaml does not name it",
            ]
        );
        let faults =
            open(&[("Cover.png", &png(900)), ("train.png", b"GIF89a")]).expect_err("neither is there");
        assert!(faults[0].message.ends_with(", but “Cover.png”"), "{faults:?}");
        assert_eq!(faults[0].place.as_ref().and_then(|place| place.line), Some(3));
        assert_eq!(faults[1].message, "the file is a GIF file, not JPEG, PNG or WebP");
        let faults = open(&[]).expect_err("there is no folder");
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(faults[0].message.ends_with("is not there or empty"), "{faults:?}");
    }
}
