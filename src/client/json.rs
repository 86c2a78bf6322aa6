//! A JSON reader (RFC 8259) that keeps strings, arrays and objects. Numbers and booleans are recognized but dropped: no
//! decision of the client needs one.
//!
//! Written here for its size: the page downloads the wasm before its first poll.

/// A JSON value without its numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Json {
    Null,
    Text(String),
    List(Vec<Json>),
    Fields(Vec<(String, Json)>),
    /// A number or a boolean.
    Other,
}

/// Deeper bodies are refused: no API sends them, and each level takes stack.
const MAX_DEPTH: u32 = 100;

impl Json {
    /// Reads a whole body (RFC 8259); a byte order mark is allowed.
    pub(super) fn parse(body: &[u8]) -> Option<Self> {
        let mut reader = Reader { rest: body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body), depth: 0 };
        let value = reader.value()?;
        reader.skip_space();
        reader.rest.is_empty().then_some(value)
    }

    /// A field of an object; the last one counts where a name is repeated, as in JavaScript.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        let Self::Fields(fields) = self else { return None };
        fields.iter().rev().find(|(field, _)| field == name).map(|(_, value)| value)
    }

    /// The value if it is text.
    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

/// The rest of a body. Every method returns `None` if the body is no JSON.
struct Reader<'a> {
    rest: &'a [u8],
    depth: u32,
}

impl Reader<'_> {
    fn value(&mut self) -> Option<Json> {
        self.skip_space();
        match self.rest.first()? {
            b'"' => self.text().map(Json::Text),
            b'[' => self.items(b']', Self::value).map(Json::List),
            b'{' => self.items(b'}', Self::field).map(Json::Fields),
            b'n' => self.skip(b"null").map(|()| Json::Null),
            b't' => self.skip(b"true").map(|()| Json::Other),
            b'f' => self.skip(b"false").map(|()| Json::Other),
            _ => self.number().map(|()| Json::Other),
        }
    }

    fn field(&mut self) -> Option<(String, Json)> {
        self.skip_space();
        let name = self.text()?;
        self.skip_space();
        self.skip(b":")?;
        Some((name, self.value()?))
    }

    /// What stands between a bracket and its `end`, separated by commas.
    fn items<T>(&mut self, end: u8, item: fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        self.depth += 1;
        self.rest = self.rest.get(1..).filter(|_| self.depth <= MAX_DEPTH)?;
        let mut items = Vec::new();
        self.skip_space();
        while *self.rest.first()? != end {
            if !items.is_empty() {
                self.skip(b",")?;
            }
            items.push(item(self)?);
            self.skip_space();
        }
        self.depth -= 1;
        self.rest = self.rest.get(1..)?;
        Some(items)
    }

    fn text(&mut self) -> Option<String> {
        self.skip(b"\"")?;
        let mut bytes = Vec::new();
        loop {
            let plain = self.rest.iter().position(|&byte| byte < b' ' || byte == b'"' || byte == b'\\')?;
            let (text, rest) = self.rest.split_at(plain);
            bytes.extend_from_slice(text);
            self.rest = rest.get(1..)?;
            match rest.first()? {
                b'"' => return String::from_utf8(bytes).ok(),
                b'\\' => {
                    let char = self.escaped()?;
                    bytes.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
                }
                _ => return None,
            }
        }
    }

    /// What comes after a backslash. Half of a surrogate pair becomes U+FFFD: text that was cut can hold one.
    fn escaped(&mut self) -> Option<char> {
        let (&letter, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.unit()?;
                let after = self.rest;
                if (0xd800..0xdc00).contains(&first) && self.skip(b"\\u").is_some() {
                    let second = self.unit()?;
                    if (0xdc00..0xe000).contains(&second) {
                        return char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00));
                    }
                    self.rest = after;
                }
                char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            _ => return None,
        })
    }

    fn unit(&mut self) -> Option<u32> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        self.rest = rest;
        digits.iter().try_fold(0, |unit, &digit| Some(unit << 4 | char::from(digit).to_digit(16)?))
    }

    fn number(&mut self) -> Option<()> {
        let _ = self.skip(b"-");
        if self.skip(b"0").is_none() {
            self.digits()?;
        }
        if self.skip(b".").is_some() {
            self.digits()?;
        }
        if self.skip(b"e").or_else(|| self.skip(b"E")).is_some() {
            let _ = self.skip(b"+").or_else(|| self.skip(b"-"));
            self.digits()?;
        }
        Some(())
    }

    fn digits(&mut self) -> Option<()> {
        let count = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.rest = self.rest.get(count..).filter(|_| count > 0)?;
        Some(())
    }

    fn skip(&mut self, word: &[u8]) -> Option<()> {
        self.rest = self.rest.strip_prefix(word)?;
        Some(())
    }

    fn skip_space(&mut self) {
        let count = self.rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
        self.rest = self.rest.get(count..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_decisions_need_is_kept_and_the_rest_is_told_apart() {
        let json = Json::parse(br#"{"a": [null, "x", 1, -1.5, true], "b": 1, "b": "last"}"#).unwrap();
        let list = [Json::Null, Json::Text("x".to_owned()), Json::Other, Json::Other, Json::Other];
        assert_eq!(json.get("a"), Some(&Json::List(list.to_vec())));
        assert_eq!(json.get("b").and_then(Json::text), Some("last"));
        assert_eq!(json.get("c"), None);
    }

    #[test]
    fn escapes_are_read_as_javascript_does() {
        let read = |body: &str| Json::parse(body.as_bytes());
        assert_eq!(read(r#""a\"\\\/\b\f\n\r\t\u00e9""#), Some(Json::Text("a\"\\/\u{8}\u{c}\n\r\té".to_owned())));
        assert_eq!(
            read(r#""\ud83d\ude00 \ud83d, \ud83d\u0041""#),
            Some(Json::Text("😀 \u{fffd}, \u{fffd}A".to_owned()))
        );
    }

    #[test]
    fn damaged_and_nested_bodies_are_refused() {
        let bodies = [
            b"".as_slice(),
            b"{",
            b"{} {}",
            b"\"\xff\"",
            b"[1,]",
            b"[,1]",
            b"[1 2]",
            b"nul",
            b"01",
            b"1.",
            b"1e",
            b"-",
            b"\"a\nb\"",
            b"\"\\x\"",
            b"\"\\u12\"",
            b"{\"a\" 1}",
            b"{a: 1}",
            b"{\"a\":}",
        ];
        for body in bodies {
            assert_eq!(Json::parse(body), None);
        }
        assert_eq!(Json::parse("[".repeat(100_000).as_bytes()), None);
    }
}
