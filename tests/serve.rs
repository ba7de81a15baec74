//! Watching and showing: what changes is built and told, and nobody from elsewhere may look.

#![cfg(unix)]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot read its files fails")]

mod common;

use common::{SMALL, bytes, folder_with, names, pdf_text, write};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const SEASON: &[u8] = b"club: The Lantern Society\nfilms:\n  - dossier: lighthouse\n    date: 2025-11-09\n";

/// The program at work in a folder; it is killed when the test is over.
struct Running {
    child: Child,
    /// `127.0.0.1:4321`
    host: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    /// Starts `serve` on a port that is free.
    fn begin(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_bookify"))
            .args(["serve", "--port", "0", "--no-cache"])
            .current_dir(folder)
            .env("NO_COLOR", "1")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        let mut line = String::new();
        let output = child.stdout.take().expect("it speaks");
        BufReader::new(output).read_line(&mut line).expect("it says where it is");
        let host = line.split('/').nth(2).expect("an address").to_owned();
        Self { child, host }
    }

    fn connect(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.host).expect("it answers");
        stream.set_read_timeout(Some(Duration::from_mins(1))).expect("a time can be set");
        stream.write_all(request.as_bytes()).expect("it listens");
        stream
    }

    /// Status, head and body of an answer.
    fn ask(&self, request: &str) -> (u16, String, Vec<u8>) {
        let mut answer = Vec::new();
        self.connect(request).read_to_end(&mut answer).expect("an answer that ends");
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        (status, head, answer[end + 4..].to_vec())
    }

    fn get(&self, path: &str) -> (u16, Vec<u8>) {
        let (status, _, body) = self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host));
        (status, body)
    }

    fn text(&self, path: &str) -> String {
        let (status, body) = self.get(path);
        assert_eq!(status, 200, "{path}");
        String::from_utf8(body).expect("a page is text")
    }

    /// Listens to what happens.
    fn news(&self) -> impl Iterator<Item = String> + use<> {
        let stream = self.connect(&format!("GET /-/news HTTP/1.1\r\nHost: {}\r\n\r\n", self.host));
        let lines = BufReader::new(stream).lines().map(|line| line.expect("news, before the time is over"));
        let mut lines = lines.skip_while(|line| !line.starts_with(": here")).peekable();
        // from here on it hears everything
        assert!(lines.peek().is_some(), "somebody speaks");
        lines.filter_map(|line| Some(line.strip_prefix("event: ")?.to_owned()))
    }

    /// Sends a signal, and gives the exit code.
    fn end(mut self, signal: &str) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().expect("kill is there").success());
        self.child.wait().expect("it ends").code()
    }
}

/// Waits for the first build, which may be done before anybody listens.
fn served() -> (tempfile::TempDir, Running) {
    let folder = folder_with(&[
        ("sources/season.yaml", SEASON),
        ("sources/lighthouse.txt", SMALL.as_bytes()),
        ("sources/secret.yaml", b"secret"),
    ]);
    let running = Running::begin(folder.path());
    let mut news = running.news();
    if !folder.path().join("output/index.html").exists() {
        assert_eq!(news.next().as_deref(), Some("built"));
    }
    (folder, running)
}

#[test]
fn pages_proofs_and_outputs_are_shown() {
    let (folder, running) = served();
    let start = running.text("/");
    assert!(start.contains("The Lantern Society") && start.contains("id=\"desk\""), "{start}");
    assert!(running.text("/films/lighthouse/proof").contains("Source, as it was"));
    let film = running.text("/films/lighthouse/");
    let picture = film.split("src=\"").find_map(|rest| rest.strip_prefix("/films/").map(|_| rest));
    let picture = picture.and_then(|rest| rest.split('"').next()).expect("a page").replace("&amp;", "&");
    assert!(running.get(&picture).1.starts_with(b"\x89PNG"), "{picture}");
    let (status, booklet) = running.get("/lighthouse.pdf");
    assert_eq!((status, booklet), (200, bytes(&folder.path().join("output/lighthouse.pdf"))));
    let (status, head, body) =
        running.ask(&format!("HEAD /lighthouse.pdf HTTP/1.1\r\nHost: {}\r\n\r\n", running.host));
    assert!(status == 200 && head.contains("application/pdf") && body.is_empty(), "{head}");
}

#[test]
fn nothing_else_is_shown_and_to_nobody_else() {
    let (_folder, running) = served();
    let port = running.host.rsplit(':').next().expect("a port");
    let request =
        |method: &str, path: &str, host: &str| format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
    let cases = [
        (request("GET", "/nothing", &running.host), 404),
        (request("GET", "/films/nobody/", &running.host), 404),
        (request("GET", "/films/lighthouse/pages/0.png", &running.host), 404),
        (request("GET", "/films/lighthouse/pages/999.png", &running.host), 404),
        (request("GET", "/../sources/secret.yaml", &running.host), 404),
        (request("GET", "/%2e%2e/sources/secret.yaml", &running.host), 404),
        (request("GET", "/covers/..%2f..%2fsources/secret.yaml", &running.host), 404),
        (request("GET", "//etc/passwd", &running.host), 404),
        (request("GET", "/.bookify", &running.host), 404),
        (request("GET", "/", "evil.example"), 403),
        (request("GET", "/", &format!("evil.example:{port}")), 403),
        (request("GET", "/-/news", "evil.example"), 403),
        (request("POST", "/", &running.host), 405),
        (request("DELETE", "/lighthouse.pdf", &running.host), 405),
        (request("GET", "/", &format!("localhost:{port}")), 200),
    ];
    for (request, expected) in cases {
        assert_eq!(running.ask(&request).0, expected, "{request}");
    }
}

#[test]
fn a_changed_word_is_told_shown_and_built() {
    let (folder, running) = served();
    let before = running.text("/films/lighthouse/");
    let mut news = running.news();
    let dossier = SMALL.replace("mostly weather", "mostly thunder");
    assert_ne!(dossier, SMALL, "the sample has these words");
    write(&folder.path().join("sources/lighthouse.txt"), dossier.as_bytes());
    assert_eq!(news.next().as_deref(), Some("pages"));
    let pages = |page: &str| page.split("srcset").skip(1).map(str::to_owned).collect::<Vec<_>>();
    let (before, after) = (pages(&before), pages(&running.text("/films/lighthouse/")));
    assert_eq!(before.len(), after.len());
    let differ = before.iter().zip(&after).filter(|(before, after)| before != after).count();
    // the page with the word, and the colophon with the hash of the text
    assert_eq!(differ, 2, "of {} pages", before.len());
    assert_eq!(news.next().as_deref(), Some("built"));
    assert!(pdf_text(&folder.path().join("output/lighthouse.pdf")).contains("mostly thunder"));
}

#[test]
fn what_is_broken_is_said_on_the_page_until_it_is_mended() {
    let (folder, running) = served();
    let season = folder.path().join("sources/season.yaml");
    let mut news = running.news();
    write(&season, b"club: [\n");
    assert_eq!(news.find(|what| what == "built").as_deref(), Some("built"));
    let broken = running.text("/");
    assert!(broken.contains("season.yaml, line 1") && broken.contains("The Lantern Society"), "{broken}");
    write(&season, SEASON);
    assert_eq!(news.find(|what| what == "built").as_deref(), Some("built"));
    assert!(running.text("/").contains("All outputs are up to date."));
}

#[test]
fn ctrl_c_ends_it_at_once_and_leaves_nothing_half_written() {
    for signal in ["-INT", "-TERM"] {
        let (folder, running) = served();
        let dossier = SMALL.replace("mostly weather", "mostly thunder");
        let mut news = running.news();
        write(&folder.path().join("sources/lighthouse.txt"), dossier.as_bytes());
        // a draft is not asked for here, so the build is under way soon
        std::thread::sleep(Duration::from_millis(150));
        assert_eq!(running.end(signal), Some(0), "{signal}");
        assert!(news.next().is_none_or(|what| what == "built"));
        let left = names(&folder.path().join("output"));
        let left = left.iter().filter(|name| name.starts_with(".bookify-") || name.contains(".part"));
        assert_eq!(left.count(), 0, "{signal}");
        pdf_text(&folder.path().join("output/lighthouse.pdf"));
    }
}
