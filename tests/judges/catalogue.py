"""Reads a season's feeds and dates with other people's parsers: `catalogue.py FOLDER`. Exit 1 on any finding.

opds.xml is held against opds.rng beside this file, opds.json is read by Palace's parser of OPDS 2.0,
discussions.ics by icalendar. Every file that a feed names is there, has the size that is said, and all three tell
of the same films.
"""

import datetime
import json
import pathlib
import sys
import urllib.parse

import icalendar
import lxml.etree
from webpub_manifest_parser.opds2 import OPDS2FeedParserFactory

ATOM = "{http://www.w3.org/2005/Atom}"
OPEN, IMAGE = "http://opds-spec.org/acquisition/open-access", "http://opds-spec.org/image"
# The feed lies in a folder that may be copied anywhere, so its address cannot be known when it is written.
ADDRESS = "must be an absolute URI to the canonical location"

folder = pathlib.Path(sys.argv[1])
findings = []


def expect(holds, what):
    if not holds:
        findings.append(what)


def is_there(href, size, base=folder):
    path = base / urllib.parse.unquote(href)
    expect(path.is_file(), f"{href} is named and not there")
    expect(size is None or not path.is_file() or path.stat().st_size == int(size), f"{href} has not {size} bytes")


def atom():
    feed = lxml.etree.parse(folder / "opds.xml")
    schema = lxml.etree.RelaxNG(lxml.etree.parse(pathlib.Path(__file__).with_name("opds.rng")))
    if not schema.validate(feed):
        findings.extend(f"opds.xml: {error.line}: {error.message}" for error in schema.error_log)
    def rels(of):
        return [link.get("rel") for link in of.findall(ATOM + "link")]

    expect(rels(feed.getroot()).count("self") == 1, "opds.xml does not say once where it stands")
    expect(rels(feed.getroot()).count("start") == 1, "opds.xml does not say once where its catalogue starts")
    for entry in feed.iter(ATOM + "entry"):
        own = rels(entry)
        expect(OPEN in own, "opds.xml: an entry offers nothing")
        expect(own.count(IMAGE) == own.count(IMAGE + "/thumbnail") <= 1, "opds.xml: a cover is not offered whole and small")
    for link in feed.iter(ATOM + "link"):
        is_there(link.get("href"), link.get("length"))
    return {(entry.findtext(ATOM + "id"), entry.findtext(ATOM + "title")) for entry in feed.iter(ATOM + "entry")}


def opds():
    path = folder / "opds.json"
    result = OPDS2FeedParserFactory().create().parse_file(str(path))
    findings.extend(f"opds.json: {error}" for error in result.errors if ADDRESS not in str(error))
    feed = json.loads(path.read_text("utf-8"))
    expect(feed["metadata"]["numberOfItems"] == len(feed["publications"]), "opds.json miscounts its publications")
    for publication in feed["publications"]:
        for link in publication["links"] + publication.get("images", []):
            is_there(link["href"], link.get("properties", {}).get("size"))
            if link.get("rel") == "self":
                alone = json.loads((folder / link["href"]).read_text("utf-8"))
                expect(alone["metadata"] == publication["metadata"], f"{link['href']} tells another film")
                for own in alone["links"] + alone.get("images", []):
                    is_there(own["href"], None, folder / "publications")
    return {(film["metadata"]["identifier"], film["metadata"]["title"]) for film in feed["publications"]}


def dates():
    text = (folder / "discussions.ics").read_bytes()
    expect(b"\n" not in text.replace(b"\r\n", b""), "discussions.ics: a line does not end as RFC 5545 asks")
    expect(all(len(line) <= 75 for line in text.split(b"\r\n")), "discussions.ics: a line has more than 75 bytes")
    calendar = icalendar.Calendar.from_ical(text)
    expect(not calendar.errors, f"discussions.ics: {calendar.errors}")
    found = set()
    for event in calendar.events:
        expect(not event.errors, f"discussions.ics: {event.errors}")
        expect(event.DTSTAMP is not None, "discussions.ics: an event without time stamp")
        expect(event.end > event.start, "discussions.ics: a discussion ends before it begins")
        whole = not isinstance(event.start, datetime.datetime)
        expect(not whole or event.duration == datetime.timedelta(days=1), "discussions.ics: a day that is not one day")
        found.add((f"urn:uuid:{event['UID']}", str(event["SUMMARY"])))
    return found


of_atom, of_opds, of_dates = atom(), opds(), dates()
expect(of_atom and of_atom == of_opds, "opds.xml and opds.json tell of different films")
expect(of_dates, "discussions.ics has no date")
for identifier, summary in of_dates:
    title = next((title for known, title in of_atom if known == identifier), None)
    expect(title is None or title in summary, f"discussions.ics calls {title} “{summary}”")
print(json.dumps({"publications": len(of_atom), "dates": len(of_dates)}))
for finding in findings:
    print("BAD", finding)
sys.exit(1 if findings else 0)
