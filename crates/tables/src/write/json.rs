//! JSON, written straight into a buffer.
//!
//! The names of fields are known when the program is built, so they are put there with their quotes,
//! and nothing is asked of them; that, plain numbers, and strings looked at many bytes at a time
//! take less than half of the time of a serialiser that must be ready for anything.

use nukil_types::rows::Numbered;

use super::{numbers, special};

/// A buffer that has grown past this is given back after its line.
const KEPT_CAPACITY: usize = 1 << 20;

/// A line of JSON Lines, its buffer reused.
#[derive(Default)]
pub(crate) struct Json(Vec<u8>);

impl Json {
    /// A value and the end of its line.
    pub fn line(&mut self, value: impl Value) -> &[u8] {
        self.0.clear();
        self.0.shrink_to(KEPT_CAPACITY);
        value.put(self);
        self.0.push(b'\n');
        &self.0
    }

    /// Text that is JSON already.
    #[inline]
    pub fn raw(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    /// Puts `open` in the place of the comma before the first of what `items` writes, each with a
    /// comma before it, and `close` behind the last.
    #[inline]
    fn enclose(&mut self, [open, close]: [u8; 2], items: impl FnOnce(&mut Json)) {
        let start = self.0.len();
        items(self);
        match self.0.get_mut(start) {
            Some(comma) => *comma = open,
            None => self.0.push(open),
        }
        self.0.push(close);
    }
}

/// Writes fields of an object: names, which need no escapes, and their values.
macro_rules! fields {
    ($json:expr; $($name:literal: $value:expr),+ $(,)?) => {{
        $(
            $json.raw(concat!(",\"", $name, "\":"));
            $crate::write::json::Value::put($value, $json);
        )+
    }};
}

/// An object of such fields.
macro_rules! object {
    ($($name:literal: $value:expr),+ $(,)?) => {
        $crate::write::json::Object(move |json: &mut $crate::write::json::Json| {
            $crate::write::json::fields!(json; $($name: $value),+)
        })
    };
}

pub(crate) use {fields, object};

/// What can be written.
pub(crate) trait Value {
    fn put(self, json: &mut Json);
}

/// An object, of which a function writes the fields.
pub(crate) struct Object<F>(pub F);

impl<F: FnOnce(&mut Json)> Value for Object<F> {
    #[inline]
    fn put(self, json: &mut Json) {
        json.enclose(*b"{}", self.0);
    }
}

/// An array of what an iterator gives.
pub(crate) struct Array<I>(pub I);

impl<I: Iterator<Item: Value>> Value for Array<I> {
    fn put(self, json: &mut Json) {
        json.enclose(*b"[]", |json| {
            for item in self.0 {
                json.0.push(b',');
                item.put(json);
            }
        });
    }
}

/// An object whose names are only known now.
pub(crate) struct Columns<'d>(pub &'d [(String, String)]);

impl Value for Columns<'_> {
    fn put(self, json: &mut Json) {
        json.enclose(*b"{}", |json| {
            for (name, cell) in self.0 {
                json.0.push(b',');
                name.as_str().put(json);
                json.0.push(b':');
                cell.as_str().put(json);
            }
        });
    }
}

impl Value for &str {
    fn put(self, json: &mut Json) {
        let text = &mut json.0;
        text.push(b'"');
        let mut rest = self.as_bytes();
        while let Some(at) =
            special::first(rest, |byte| byte < b' ' || byte == b'"' || byte == b'\\')
        {
            text.extend_from_slice(&rest[..at]);
            put_escape(text, rest[at]);
            rest = &rest[at + 1..];
        }
        text.extend_from_slice(rest);
        text.push(b'"');
    }
}

fn put_escape(text: &mut Vec<u8>, byte: u8) {
    let letter = match byte {
        b'"' | b'\\' => byte,
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0x08 => b'b',
        0x0C => b'f',
        _ => return text.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
    };
    text.extend_from_slice(&[b'\\', letter]);
}

impl Value for &String {
    fn put(self, json: &mut Json) {
        self.as_str().put(json);
    }
}

impl Value for bool {
    fn put(self, json: &mut Json) {
        json.raw(if self { "true" } else { "false" });
    }
}

impl Value for usize {
    #[inline]
    fn put(self, json: &mut Json) {
        numbers::integer(&mut json.0, self);
    }
}

/// A finite number rounded to so many decimals.
pub(crate) struct Decimal(pub f64, pub usize);

impl Value for Decimal {
    fn put(self, json: &mut Json) {
        numbers::shortest(&mut json.0, self.0, self.1);
    }
}

impl Value for [usize; 2] {
    fn put(self, json: &mut Json) {
        Array(self.into_iter()).put(json);
    }
}

impl Value for Numbered {
    fn put(self, json: &mut Json) {
        json.0.extend_from_slice(&[b'"', self.letter()]);
        numbers::integer(&mut json.0, self.number());
        json.0.push(b'"');
    }
}

impl<V: Value> Value for Option<V> {
    #[inline]
    fn put(self, json: &mut Json) {
        match self {
            Some(value) => value.put(json),
            None => json.raw("null"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: impl Value) -> String {
        String::from_utf8(Json::default().line(value).to_vec()).unwrap()
    }

    #[test]
    fn every_character_is_escaped_as_serde_has_it() {
        let all: String =
            (0..0x300).filter_map(char::from_u32).chain("😀\u{2028}".chars()).collect();
        assert_eq!(written(&all), serde_json::to_string(&all).unwrap() + "\n");
        for text in ["", "\"", "Kata \"siap\" itu", "baris\nbaru", "tanpa apa-apa di dalamnya"] {
            assert_eq!(written(text), serde_json::to_string(text).unwrap() + "\n");
        }
    }

    #[test]
    fn objects_and_arrays_of_any_length() {
        let whole = object! {
            "kosong": Array(std::iter::empty::<usize>()),
            "offsets": [3, 14],
            "names": Array([Some("a"), None].into_iter()),
            "entity": Numbered::entity(11),
            "score": Decimal(0.95, 4),
            "extra": Columns(&[("a,b".to_string(), "\"".to_string())]),
            "none": Columns(&[]),
        };
        assert_eq!(
            written(whole),
            "{\"kosong\":[],\"offsets\":[3,14],\"names\":[\"a\",null],\"entity\":\"e12\",\
             \"score\":0.95,\"extra\":{\"a,b\":\"\\\"\"},\"none\":{}}\n"
        );
    }
}
