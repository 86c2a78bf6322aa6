//! A task id that can be part of a URL path.

use super::client_error::ClientError;
use std::fmt;

const LONGEST: usize = 128;

/// The id of a task: 1 to 128 of `A-Z a-z 0-9 _ -`. What passes needs no percent-encoding and cannot leave its path segment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TaskId(String);

impl TaskId {
    /// Checks `text`.
    ///
    /// # Errors
    /// [`ClientError::Argument`] when `text` is empty, too long or holds another character.
    pub fn new(text: &str) -> Result<Self, ClientError> {
        let safe = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        if text.is_empty() || text.len() > LONGEST || !text.bytes().all(safe) {
            let found = match text.len() {
                0 => "an empty string".to_owned(),
                length if length > LONGEST => format!("{length} bytes"),
                _ => "another character".to_owned(),
            };
            return Err(ClientError::Argument {
                path: "taskId".to_owned(),
                problem: format!("expected 1 to {LONGEST} letters, digits, '_' or '-', found {found}"),
            });
        }
        Ok(Self(text.to_owned()))
    }

    /// The id as it stands in a path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuids_and_prefixed_ids_pass() {
        for text in ["99bc4b47-bd7e-490e-a1a9-1f0af66a345d", "task_1234567890abcdef", "a", &"x".repeat(128)] {
            assert_eq!(TaskId::new(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn whatever_could_leave_the_path_segment_is_refused() {
        for text in ["", ".", "..", "a/b", "a%2Fb", "a?b", "a#b", "a b", "a\\b", "ä", "a\n", &"x".repeat(129)] {
            assert!(TaskId::new(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn the_message_names_the_argument_and_what_was_found() {
        let text = TaskId::new("a/b").unwrap_err().to_string();
        assert_eq!(text, "taskId: expected 1 to 128 letters, digits, '_' or '-', found another character");
    }
}
