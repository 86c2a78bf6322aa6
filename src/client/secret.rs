//! Checks keys, tokens and header values, and removes them from texts.

use super::client_error::ClientError;

/// Shorter secrets are not looked for in texts: they would blank out ordinary words.
const SHORTEST: usize = 4;

/// Checks a key or token. Anything else than visible ASCII would make `fetch` complain with the key in its message.
///
/// # Errors
/// [`ClientError::Argument`] for `path`, without the value.
pub fn check_secret(path: &str, value: &str) -> Result<(), ClientError> {
    if !value.is_empty() && value.len() <= 8192 && value.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    Err(ClientError::Argument {
        path: path.to_owned(),
        problem: "expected 1 to 8192 visible ASCII characters without spaces; check for a line break at the end"
            .to_owned(),
    })
}

/// Checks a header of the caller's own.
///
/// # Errors
/// [`ClientError::Argument`] for `headers`, without the value.
pub fn check_header(name: &str, value: &str) -> Result<(), ClientError> {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let name_ok = !name.is_empty() && name.bytes().all(token);
    let value_ok = value.len() <= 8192 && value.bytes().all(|byte| byte == b'\t' || (0x20..0x7f).contains(&byte));
    if name_ok && value_ok {
        return Ok(());
    }
    let problem = if name_ok { "expected visible ASCII as the value" } else { "expected a header name" };
    Err(ClientError::Argument {
        path: format!("headers.{}", if name_ok { name } else { "?" }),
        problem: problem.to_owned(),
    })
}

/// `text` with every one of `secrets` blanked out, longest first so that no rest of one remains.
#[must_use]
pub fn scrub(text: &str, secrets: &[&str]) -> String {
    let mut secrets: Vec<&str> = secrets.iter().copied().filter(|secret| secret.len() >= SHORTEST).collect();
    let mut text = text.to_owned();
    while let Some(longest) = secrets.iter().copied().max_by_key(|secret| secret.len()) {
        text = without(&text, longest);
        secrets.retain(|&secret| secret != longest);
    }
    text
}

/// `text` with `secret` blanked out. The search of `str::replace` is made for long texts, and larger than this file.
fn without(text: &str, secret: &str) -> String {
    let (mut kept, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.as_bytes().windows(secret.len()).position(|bytes| bytes == secret.as_bytes()) {
        let (before, after) = rest.split_at_checked(at).unwrap_or_default();
        kept.push_str(before);
        kept.push_str("[hidden]");
        rest = after.strip_prefix(secret).unwrap_or_default();
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_with_a_line_break_is_refused_without_being_quoted() {
        let error = check_secret("apiKey", "bu_secret\n").unwrap_err().to_string();
        assert!(error.starts_with("apiKey: expected") && !error.contains("secret"), "{error}");
        assert!(check_secret("apiKey", "").is_err());
        assert!(check_secret("apiKey", "bu_secret").is_ok());
    }

    #[test]
    fn a_header_cannot_smuggle_another_one() {
        assert!(check_header("x-team", "blue").is_ok());
        for (name, value) in [("", "a"), ("a b", "a"), ("a:", "a"), ("a", "b\r\nc: d"), ("a", "\0")] {
            assert!(check_header(name, value).is_err(), "{name:?} {value:?}");
        }
    }

    #[test]
    fn secrets_leave_no_trace_even_when_one_contains_another() {
        assert_eq!(scrub("key abcd1234 and abcd", &["abcd", "abcd1234"]), "key [hidden] and [hidden]");
        assert_eq!(scrub("nothing here", &["abcd"]), "nothing here");
        assert_eq!(scrub("a short one", &["a"]), "a short one");
    }
}
