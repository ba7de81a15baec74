//! `discussions.ics`: the dates for calendars, by RFC 5545.
//!
//! A discussion lasts the whole day unless the season says at what time it begins. Times are floating: they
//! are what the clocks of the place show, for a club meets in one place and its calendar in none. Identifier
//! and time stamp are always given, because the crate would take a random one and the clock's.

use super::words::Words;
use super::{CALENDAR, Catalogue, Discussion, Entry};
use crate::diag::{Code, Diagnostic};
use crate::html::safe;
use chrono::{Days, NaiveDateTime, TimeDelta};
use icalendar::{Calendar, Component as _, Event, EventLike as _, Property};
use std::fmt::{Error, Write as _};

/// Who wrote it, as RFC 5545 asks.
const PRODUCT: &str = "-//bookify//discussions//EN";

/// The calendar.
///
/// # Errors
/// [`Code::Package`] where it cannot be written.
pub fn calendar(catalogue: &Catalogue, words: Words<'_>) -> Result<String, Diagnostic> {
    let mut calendar = Calendar::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", PRODUCT), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property(Property::new(key, value));
    }
    calendar.append_property(Property::new("X-WR-CALNAME", line(&catalogue.full_title(words))));
    for film in catalogue.by_date() {
        if let Some(discussion) = &film.discussion {
            calendar.push(event(film, discussion, catalogue, words));
        }
    }
    let mut text = String::new();
    write!(text, "{calendar}").map_err(|Error| {
        Diagnostic::error(Code::Package, format!("the dates in {CALENDAR} cannot be written"))
    })?;
    Ok(text)
}

fn event(film: &Entry, discussion: &Discussion, catalogue: &Catalogue, words: Words<'_>) -> Event {
    let mut event = Event::new();
    event.uid(&film.identifier.to_string()).timestamp(film.updated).summary(&line(&words.event(film)));
    let credits = (!film.directors.is_empty()).then(|| film.directors.join(", "));
    let about = credits.iter().chain(&film.tagline).map(|words| line(words)).collect::<Vec<_>>().join("\n");
    if !about.is_empty() {
        event.description(&about);
    }
    if let Some(place) = &discussion.place {
        event.location(&line(place));
    }
    if let Some(time) = discussion.time {
        let begin = discussion.date.and_time(time);
        event.starts(begin).ends(end(begin, catalogue.discussion_minutes));
    } else {
        // the end is the day after the last
        let after = discussion.date.checked_add_days(Days::new(1)).unwrap_or(discussion.date);
        // a whole day does not make a person busy
        event.starts(discussion.date).ends(after).add_property("TRANSP", "TRANSPARENT");
    }
    event.done()
}

fn end(begin: NaiveDateTime, minutes: u32) -> NaiveDateTime {
    begin.checked_add_signed(TimeDelta::minutes(i64::from(minutes))).unwrap_or(begin)
}

/// Words on one line, without characters that no calendar may hold.
fn line(words: &str) -> String {
    safe(words).split_whitespace().collect::<Vec<_>>().join(" ")
}
