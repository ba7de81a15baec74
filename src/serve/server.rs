//! The server: this machine's own browsers may ask, nobody else.
//!
//! A connection is one question and its answer, on a thread of its own: a person looks, not a crowd.

use super::reply::Reply;
use super::route::Route;
use super::studio::{News, Studio};
use super::{Audience, broken};
use crate::diag::{Code, Diagnostic};
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// So many connections may be open; a browser has six, and one for the news of each page that is open.
const CONNECTIONS: usize = 64;

/// Drawing goes as deep as a layout nests its boxes.
const STACK: usize = 8 << 20;

/// A question that is not asked to its end in this time is not answered.
const PATIENCE: Duration = Duration::from_secs(10);

/// No question of a browser is longer, in bytes.
const LONGEST: usize = 16 << 10;

/// No question of a browser has more headers.
const HEADERS: usize = 64;

/// So often a browser that listens is asked whether it is still there.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Opens the server, and says where it is.
///
/// # Errors
/// Where the port is taken.
pub fn open(port: u16, studio: &Arc<Studio>, audience: &Arc<dyn Audience>) -> Result<String, Diagnostic> {
    let taken = |error: io::Error| {
        Diagnostic::error(Code::File, format!("port {port} cannot be used ({error})")).hint(
            "another program has it, or another bookify: choose another with --port, or --port 0 for any",
        )
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(taken)?;
    let port = listener.local_addr().map_err(taken)?.port();
    let (studio, audience) = (Arc::clone(studio), Arc::clone(audience));
    let welcome = move || {
        // one reference is held here, and one by each open connection
        let open = Arc::new(());
        for stream in listener.incoming().flatten() {
            if Arc::strong_count(&open) > CONNECTIONS {
                continue;
            }
            let (studio, guest) = (Arc::clone(&studio), Arc::clone(&open));
            let attend = move || {
                // a browser that left meanwhile misses the answer
                let _ = attend(stream, port, &studio);
                drop(guest);
            };
            if let Err(error) = std::thread::Builder::new().stack_size(STACK).spawn(attend) {
                audience.trouble(&broken("no thread can be had", &error.to_string()));
            }
        }
    };
    let thread = std::thread::Builder::new().spawn(welcome);
    thread.map_err(|error| broken("no thread can be had", &error.to_string()))?;
    Ok(format!("http://127.0.0.1:{port}/"))
}

/// What of a question matters.
struct Question {
    method: String,
    address: String,
    /// Whom it is meant for; two are as good as none.
    hosts: Vec<String>,
}

fn attend(mut stream: TcpStream, port: u16, studio: &Studio) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    // a head and a picture are two writes; the second must not wait for a receipt of the first
    stream.set_nodelay(true)?;
    let Some(question) = question(&mut stream)? else {
        return close(stream, &Reply::words(400, "This is no question of a browser."), true);
    };
    let with_body = question.method != "HEAD";
    let reply = if !is_from_here(&question.hosts, port) {
        Some(Reply::words(403, "This page is for the browsers of the machine on which it is made."))
    } else if !["GET", "HEAD"].contains(&question.method.as_str()) {
        Some(Reply::words(405, "Nothing can be changed from here."))
    } else {
        match Route::of(&question.address) {
            Some(route) => Reply::to(&route, studio),
            None => Some(Reply::words(404, "There is nothing at this address.")),
        }
    };
    match reply {
        Some(reply) => close(stream, &reply, with_body),
        None => speak(&mut stream, &studio.listen()),
    }
}

/// Reads the head of a question; nothing where it is none.
fn question(stream: &mut TcpStream) -> io::Result<Option<Question>> {
    let mut head = Vec::new();
    let mut part = [0; 2048];
    loop {
        let read = stream.read(&mut part)?;
        head.extend_from_slice(part.get(..read).unwrap_or_default());
        let mut headers = [httparse::EMPTY_HEADER; HEADERS];
        let mut request = httparse::Request::new(&mut headers);
        match request.parse(&head) {
            Ok(httparse::Status::Complete(_)) => {
                let (Some(method), Some(address)) = (request.method, request.path) else { return Ok(None) };
                let hosts = request.headers.iter().filter(|header| header.name.eq_ignore_ascii_case("host"));
                let hosts = hosts.map(|header| String::from_utf8_lossy(header.value).into_owned());
                return Ok(Some(Question {
                    method: method.to_owned(),
                    address: address.to_owned(),
                    hosts: hosts.collect(),
                }));
            }
            Ok(httparse::Status::Partial) if read > 0 && head.len() < LONGEST => {}
            Ok(httparse::Status::Partial) | Err(_) => return Ok(None),
        }
    }
}

/// A name that leads here from elsewhere is another page's attempt to read ours (DNS rebinding).
fn is_from_here(hosts: &[String], port: u16) -> bool {
    let [host] = hosts else { return false };
    ["127.0.0.1", "localhost"]
        .iter()
        .any(|own| *host == format!("{own}:{port}") || (port == 80 && host == own))
}

/// Sends an answer and closes the connection.
fn close(mut stream: TcpStream, reply: &Reply, with_body: bool) -> io::Result<()> {
    send(&mut stream, reply, with_body)?;
    stream.shutdown(Shutdown::Write)?;
    // what is still on its way must be taken, or the system tells the browser that the answer is void
    stream.set_read_timeout(Some(Duration::from_millis(500)))?;
    let _ = io::copy(&mut stream.take(LONGEST as u64), &mut io::sink());
    Ok(())
}

fn send(to: &mut impl Write, reply: &Reply, with_body: bool) -> io::Result<()> {
    let inline = reply.scripts.iter().map(|hash| format!(" '{hash}'")).collect::<Vec<_>>().concat();
    let lasting = if reply.lasting { "private, max-age=31536000, immutable" } else { "no-cache" };
    let Reply { status, media, bytes, .. } = reply;
    let length = bytes.len();
    let head = format!(
        "HTTP/1.1 {status} \r\n\
         Content-Type: {media}\r\n\
         Content-Length: {length}\r\n\
         Cache-Control: {lasting}\r\n\
         Content-Security-Policy: default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; \
         script-src 'self'{inline}; connect-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'\r\n\
         X-Content-Type-Options: nosniff\r\n\
         Referrer-Policy: no-referrer\r\n\
         Cross-Origin-Resource-Policy: same-origin\r\n\
         Allow: GET, HEAD\r\n\
         Connection: close\r\n\r\n"
    );
    to.write_all(head.as_bytes())?;
    if with_body { to.write_all(bytes) } else { Ok(()) }
}

/// Tells a browser what happens until it leaves: server-sent events, as the HTML standard describes them.
fn speak(to: &mut TcpStream, news: &Receiver<News>) -> io::Result<()> {
    let head = "HTTP/1.1 200 \r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n\
                X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n: here\n\n";
    to.write_all(head.as_bytes())?;
    loop {
        let words = match news.recv_timeout(HEARTBEAT) {
            Ok(News::Pages(slug)) => format!("event: pages\ndata: {}\n\n", one_line(&slug)),
            Ok(News::Built) => "event: built\ndata:\n\n".to_owned(),
            Err(RecvTimeoutError::Timeout) => ": still here\n\n".to_owned(),
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        };
        to.write_all(words.as_bytes())?;
    }
}

/// A file's name may hold anything; a line break would end the message.
fn one_line(words: &str) -> String {
    words.replace(['\n', '\r'], " ")
}
