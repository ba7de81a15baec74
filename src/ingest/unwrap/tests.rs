//! Files in a few lines: which of them are wrapped, and where their paragraphs begin.

use super::*;

/// Joins the rows of a file as cleaning does, paragraphs parted by ` | `.
fn check(file: &str, expected: &str) {
    let mut blank_before = true;
    let mut rows = Vec::new();
    for text in file.lines().map(str::trim_end) {
        if !text.is_empty() {
            rows.push(Row { text, blank_before });
        }
        blank_before = text.is_empty();
    }
    let is_name = |line: &str| matches!(line, "Start Here") || line.starts_with("Year:");
    let seams = seams(&rows, &is_name);
    let joined = rows.iter().zip(seams).fold(String::new(), |mut text, (row, seam)| {
        match seam {
            Seam::Opens if text.is_empty() => {}
            Seam::Opens => text.push_str(" | "),
            Seam::Blank => text.push(' '),
            Seam::Tight => {}
            Seam::Mended => {
                text.pop();
            }
        }
        text + row.text.trim()
    });
    assert_eq!(joined, expected);
}

/// The file with its paragraphs parted: nothing is joined.
fn check_untouched(file: &str) {
    let rows = file.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>();
    check(file, &rows.join(" | "));
}

#[test]
fn paragraphs_with_blank_lines() {
    check(
        "\
Start Here

A young clerk rides east to sell a house. The
buyer turns out to be dead, or something near
it, and follows him home by sea with a cargo
of earth and rats.

* You like your ghosts slow, and you have no
  objection to a castle that is only half
  there
* Short",
        "Start Here | A young clerk rides east to sell a house. The buyer turns out to be dead, or something near it, and \
         follows him home by sea with a cargo of earth and rats. | * You like your ghosts slow, and you have no objection \
         to a castle that is only half there | * Short",
    );
}

#[test]
fn paragraphs_without_blank_lines() {
    check(
        "\
Start Here
A young clerk rides east to sell a house. The
buyer turns out to be dead, or something near
it, and follows him home by sea with a cargo
of earth and rats, and a coffin for himself.
Year: 1922
Making Of: They went to real mountains, and to
harbour towns, with a camera that they had on
loan from somebody else. The film is better
known as a quarrel than as a picture to look.
Takings: It lost all that it had cost.",
        "Start Here | A young clerk rides east to sell a house. The buyer turns out to be dead, or something near it, and \
         follows him home by sea with a cargo of earth and rats, and a coffin for himself. | Year: 1922 | Making Of: They \
         went to real mountains, and to harbour towns, with a camera that they had on loan from somebody else. The film is \
         better known as a quarrel than as a picture to look. | Takings: It lost all that it had cost.",
    );
}

#[test]
fn what_is_not_wrapped_is_left_alone() {
    check_untouched(&format!(
        "Title\n{}\nand so on\n{}\nor not\n",
        "A long paragraph. ".repeat(20),
        "Another one. ".repeat(30)
    ));
    check_untouched("one\ntwo things\nthree\nfour of them\nfive\nsix\nseven and more\neight\n");
    check_untouched(
        "\
Shall I compare thee to a summer's day?
Thou art more lovely and more temperate:
Rough winds do shake the darling buds of May,
And summer's lease hath all too short a date:
Sometime too hot the eye of heaven shines,
And often is his gold complexion dimm'd;
",
    );
}

#[test]
fn words_are_mended_only_when_sure() {
    check(
        "\
the camera of this documentary goes wherever
the people go, to the beach and to the docu-
mentary theatre, where they see the old mise-
en-scène once more, and again, and the half-
hearted applause, and so it is a good avant-
garde show; the avant-garde likes it, and no
one else.",
        "the camera of this documentary goes wherever the people go, to the beach and to the documentary theatre, where \
         they see the old mise-en-scène once more, and again, and the half-hearted applause, and so it is a good \
         avant-garde show; the avant-garde likes it, and no one else.",
    );
}

#[test]
fn a_pdf_measures_in_points() {
    check(
        "\
Wide MMMM letters make a line in a PDF short,
while little ill-fitting ones fill it to the brim
and so the lines of one and the same paragraph
differ, as anybody can see here by looking at
it, and there is nothing that could be done but
to go on.
Start Here
This is only a short line.",
        "Wide MMMM letters make a line in a PDF short, while little ill-fitting ones fill it to the brim and so the lines \
         of one and the same paragraph differ, as anybody can see here by looking at it, and there is nothing that could \
         be done but to go on. | Start Here | This is only a short line.",
    );
}
