//! The timetable of the discussion, as a table; each question leads to its place among the questions.

use super::document::{Document, Place};
use super::element::Element;
use super::leaf::{Context, chapter_file, element_id};
use super::matter::heading;
use super::terms::{Term, term};
use crate::book::{AgendaRow, glued};

/// The timetable, where the edition has one. It stands behind the questions, as the moderator's sheet
/// does in print: who only reads along meets no question before its time.
pub fn agenda(context: Context<'_>) -> Option<Document> {
    let book = context.book;
    let title = term(book, Term::Timetable);
    let column = |key| Element::new("th").attr("scope", "col").text(term(book, key));
    let head = Element::new("tr").child(column(Term::Minutes)).child(column(Term::AgendaItem));
    let rows = book.agenda.iter().map(|it| row(context, it));
    let table = Element::new("table")
        .attr("class", "agenda")
        .attr("aria-labelledby", "agenda")
        .child(Element::new("thead").child(head))
        .child(Element::new("tbody").children(rows));
    let section = Element::new("section").attr("class", "agenda").attr("aria-labelledby", "agenda");
    (!book.agenda.is_empty()).then(|| Document {
        file: "agenda.xhtml".to_owned(),
        title: title.to_owned(),
        place: Place::Agenda,
        sections: Vec::new(),
        content: section.child(heading("agenda", title, None)).child(table),
    })
}

/// `9–18` and the question, or what else is done.
fn row(context: Context<'_>, row: &AgendaRow) -> Element {
    let time = format!("{}–{}", row.from, row.from + row.minutes);
    let what = match (row.number, &row.question) {
        (Some(number), Some(question)) => {
            let words = glued(&format!("{number}. {question}"), &context.book.language);
            match target(context, number) {
                Some(target) => Element::new("td").child(Element::new("a").attr("href", target).text(&words)),
                None => Element::new("td").text(&words),
            }
        }
        _ => Element::new("td").text(&row.label),
    };
    Element::new("tr").child(Element::new("th").attr("scope", "row").text(&time)).child(what)
}

/// Where the question of that number stands.
fn target(context: Context<'_>, number: usize) -> Option<String> {
    let questions = context.book.questions();
    let (chapter, question) = questions.get(number.checked_sub(1)?)?;
    Some(format!("{}#{}", chapter_file(context.book, &chapter.id)?, element_id(&question.id)))
}
