//! As much of a JSON value as decisions need: text, lists and fields. Numbers and booleans are only told apart from them.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

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

impl Json {
    /// Reads a whole body; a byte order mark is allowed.
    pub(super) fn parse(body: &[u8]) -> Option<Self> {
        serde_json::from_slice(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)).ok()
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

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut fields = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            fields.push(entry);
        }
        Ok(Json::Fields(fields))
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
    fn damaged_and_nested_bodies_are_refused() {
        for body in [b"".as_slice(), b"{", b"{} {}", b"\"\xff\"", b"[1,]", b"nul"] {
            assert_eq!(Json::parse(body), None);
        }
        assert_eq!(Json::parse("[".repeat(100_000).as_bytes()), None);
    }
}
