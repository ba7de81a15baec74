//! Sheets, read back as a binder looks at them.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

/// A page as it stands on a side of a sheet.
#[derive(Debug, PartialEq)]
pub struct Placed {
    /// What is written on it.
    pub text: String,
    /// The six numbers of the matrix that puts it there.
    pub matrix: [f64; 6],
    /// The rectangle within which it is seen: left, bottom, width, height.
    pub window: [f64; 4],
}

/// The pages on each side of the sheets, in the order in which they are drawn.
pub fn sides(pdf: &[u8]) -> Vec<Vec<Placed>> {
    let document = Document::load_mem(pdf).expect("it is a PDF");
    document.page_iter().map(|page| placed(&document, page)).collect()
}

fn placed(document: &Document, page: ObjectId) -> Vec<Placed> {
    let page = document.get_dictionary(page).expect("a page is a dictionary");
    assert!(!page.has(b"Rotate"), "a sheet lies as it is printed");
    let resources = page.get(b"Resources").and_then(Object::as_dict).expect("a sheet has resources");
    let forms = resources.get(b"XObject").and_then(Object::as_dict).expect("there are forms");
    let mut found = Vec::new();
    let (mut matrix, mut window) = ([0.0; 6], [0.0; 4]);
    for operation in operations(document, page) {
        match operation.operator.as_str() {
            "re" => window = numbers(&operation),
            "cm" => matrix = numbers(&operation),
            "Do" => {
                let name = operation.operands[0].as_name().expect("a form has a name");
                let form =
                    forms.get_deref(name, document).and_then(Object::as_stream).expect("the form is there");
                found.push(Placed { text: text(form), matrix, window });
            }
            _ => {}
        }
    }
    found
}

/// What a page draws.
pub fn operations(document: &Document, page: &Dictionary) -> Vec<Operation> {
    let content =
        page.get_deref(b"Contents", document).and_then(Object::as_stream).expect("a page has content");
    read(content)
}

fn read(stream: &Stream) -> Vec<Operation> {
    let bytes = stream.get_plain_content().expect("it can be unpacked");
    Content::decode_strict(&bytes).expect("it can be read").operations
}

fn numbers<const N: usize>(operation: &Operation) -> [f64; N] {
    let numbers = operation.operands.iter().map(|it| f64::from(it.as_float().expect("a number")));
    numbers.collect::<Vec<_>>().try_into().expect("as many as the operator takes")
}

fn text(form: &Stream) -> String {
    let shown = read(form).into_iter().filter(|it| it.operator == "Tj");
    let shown =
        shown.map(|it| String::from_utf8_lossy(it.operands[0].as_str().expect("a string")).into_owned());
    shown.collect()
}

/// The numbers of the pages left and right of the fold; a dot where the paper is blank.
pub fn seen(side: &[Placed], fold: f64) -> String {
    let on = |is_right: bool| {
        let page = side.iter().find(|page| (page.window[0] >= fold - 0.01) == is_right);
        page.map_or(".", |page| page.text.strip_prefix("page ").expect("it has a number"))
    };
    format!("{} {}", on(false), on(true))
}

/// The two ends of every line.
pub fn strokes(operations: &[Operation]) -> Vec<[[f64; 2]; 2]> {
    let lines = operations.windows(2).filter(|pair| pair[0].operator == "m" && pair[1].operator == "l");
    lines.map(|pair| [numbers(&pair[0]), numbers(&pair[1])]).collect()
}

/// Whether any object of the file has the key.
pub fn has_key(document: &Document, key: &str) -> bool {
    fn within(object: &Object, key: &[u8]) -> bool {
        let of = |dictionary: &Dictionary| {
            dictionary.iter().any(|(name, value)| name == key || within(value, key))
        };
        match object {
            Object::Dictionary(dictionary) => of(dictionary),
            Object::Stream(stream) => of(&stream.dict),
            Object::Array(items) => items.iter().any(|item| within(item, key)),
            _ => false,
        }
    }
    document.objects.values().any(|object| within(object, key.as_bytes()))
}
