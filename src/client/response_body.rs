//! Parses the bodies of API responses. A body of another shape is an error that names the path of the wrong value, and
//! never quotes it: it could hold a key.

use super::client_error::{ClientError, Target};
use super::date::iso_date_ms;
use super::json::Json;
use super::text_list::text_list;

/// The address in the answer of `/gif`, `None` when there is no GIF.
///
/// # Errors
/// [`ClientError::BadResponse`] naming the path.
pub fn read_gif(body: &[u8]) -> Result<Option<String>, ClientError> {
    let wrong = |path, expected| bad(Target::Gif, path, expected);
    let value = Json::parse(body).ok_or_else(|| wrong("the body", "JSON"))?;
    match value.get("gif") {
        Some(Json::Null) => Ok(None),
        Some(Json::Text(url)) => Ok(Some(url.trim().to_owned()).filter(|url| !url.is_empty())),
        _ => Err(wrong("gif", "a string or null")),
    }
}

/// The answer of `/status`: a bare JSON string. Unknown values pass.
///
/// # Errors
/// [`ClientError::BadResponse`] naming the path.
pub fn read_status(body: &[u8]) -> Result<String, ClientError> {
    match Json::parse(body) {
        Some(Json::Text(status)) => Ok(status),
        Some(_) => Err(bad(Target::Status, "the body", "a JSON string such as \"finished\"")),
        None => Err(bad(Target::Status, "the body", "JSON")),
    }
}

/// The answer of `/screenshots`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screenshots(pub Vec<String>);

/// The addresses in the answer of `/screenshots`; none for null.
///
/// # Errors
/// [`ClientError::BadResponse`] naming the path.
pub fn read_screenshots(body: &[u8]) -> Result<Screenshots, ClientError> {
    let wrong = |path: &str, expected| bad(Target::Screenshots, path, expected);
    let value = Json::parse(body).ok_or_else(|| wrong("the body", "JSON"))?;
    let list = match value.get("screenshots") {
        Some(Json::Null) => return Ok(Screenshots(Vec::new())),
        Some(Json::List(list)) => list,
        _ => return Err(wrong("screenshots", "an array or null")),
    };
    let url = |(index, item): (usize, &Json)| match item {
        Json::Text(url) => Ok(url.clone()),
        _ => Err(wrong(&format!("screenshots[{index}]"), "a string")),
    };
    list.iter().enumerate().map(url).collect::<Result<_, _>>().map(Screenshots)
}

/// The facts of a task that decisions depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskFacts {
    /// The status.
    pub status: String,
    /// When it finished, in ms since 1970.
    pub finished_at_ms: Option<u64>,
    /// How many steps it lists.
    pub steps: usize,
}

impl TaskFacts {
    /// Whether the task is over. `failed` counts: it will not change any more.
    #[must_use]
    pub fn is_over(status: &str) -> bool {
        matches!(status, "finished" | "failed" | "stopped")
    }
}

/// The facts in the answer of `/task/{id}`.
///
/// # Errors
/// [`ClientError::BadResponse`] naming the path.
pub fn read_task(body: &[u8]) -> Result<TaskFacts, ClientError> {
    let wrong = |path, expected| bad(Target::Task, path, expected);
    let value = Json::parse(body).ok_or_else(|| wrong("the body", "JSON"))?;
    let Some(Json::Text(status)) = value.get("status") else {
        return Err(wrong("status", "a string"));
    };
    let finished_at_ms = value.get("finished_at").and_then(Json::text).and_then(iso_date_ms);
    let steps = if let Some(Json::List(steps)) = value.get("steps") { steps.len() } else { 0 };
    Ok(TaskFacts { status: status.clone(), finished_at_ms, steps })
}

/// The server's own words in an error body: `detail` as a string, or as an array of `{loc, msg, type}`.
#[must_use]
pub fn read_detail(body: &[u8]) -> Option<String> {
    let value = Json::parse(body)?;
    let text = match value.get("detail")? {
        Json::Text(text) => text.clone(),
        Json::List(items) => {
            let items: Vec<String> = items.iter().filter_map(detail_item).collect();
            text_list(items.iter().map(String::as_str), "; ")
        }
        _ => return None,
    };
    let plain: String = text.chars().filter(|letter| !letter.is_control()).take(300).collect();
    Some(plain.trim().to_owned()).filter(|text| !text.is_empty())
}

fn detail_item(item: &Json) -> Option<String> {
    let message = item.get("msg")?.text()?;
    let Some(Json::List(place)) = item.get("loc") else { return Some(message.to_owned()) };
    let place = text_list(place.iter().filter_map(Json::text), ".");
    Some(format!("{place}: {message}"))
}

fn bad(target: Target, path: &str, expected: &'static str) -> ClientError {
    ClientError::BadResponse { target, path: path.to_owned(), expected }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_gif_bodies_are_read() {
        let url = "https://media.browser-use.com/gifs/task_1234567890abcdef/execution.gif";
        assert_eq!(read_gif(format!("{{\"gif\": \"{url}\"}}").as_bytes()), Ok(Some(url.to_owned())));
        assert_eq!(read_gif(b"{\"gif\": null}"), Ok(None));
        assert_eq!(read_gif(b"{\"gif\": \"\"}"), Ok(None));
        assert_eq!(read_gif(b"\xef\xbb\xbf{\"gif\": null, \"more\": 1}"), Ok(None));
    }

    #[test]
    fn another_shape_is_named_by_path_and_not_quoted() {
        for body in ["", "<!doctype html>", "{}", "[]", "null", "\"gif\"", "{\"gif\": 7}", "{\"gif\": {\"secret\": 1}}"]
        {
            let error = read_gif(body.as_bytes()).unwrap_err();
            assert_eq!(error.code(), "BAD_RESPONSE", "{body}");
            assert!(!error.to_string().contains("secret"));
        }
        assert_eq!(
            read_screenshots(b"{\"screenshots\": [\"a\", 2]}").unwrap_err().to_string(),
            "/task/{id}/screenshots answered 200, but screenshots[1] is not a string; check that baseUrl leads to the task API"
        );
    }

    #[test]
    fn a_status_is_a_bare_string_and_may_be_new() {
        assert_eq!(read_status(b"\"finished\"").as_deref(), Ok("finished"));
        assert_eq!(read_status(b"\"initializing\"").as_deref(), Ok("initializing"));
        assert!(read_status(b"finished").is_err());
        assert!(read_status(b"{\"status\": \"finished\"}").is_err());
    }

    #[test]
    fn details_come_as_a_string_or_as_a_list() {
        assert_eq!(read_detail(b"{\"detail\": \"Task not found\"}").as_deref(), Some("Task not found"));
        let list = br#"{"detail": [{"loc": ["path", "task_id", 0], "msg": "bad uuid", "type": "x"}, {"msg": "also"}]}"#;
        assert_eq!(read_detail(list).as_deref(), Some("path.task_id: bad uuid; also"));
        assert_eq!(read_detail(b"Bad Gateway"), None);
        assert_eq!(read_detail(b"{\"detail\": \"a\\u0000\\nb\"}").as_deref(), Some("ab"));
        assert_eq!(
            read_detail(format!("{{\"detail\": \"{}\"}}", "x".repeat(9_999)).as_bytes()).map(|text| text.len()),
            Some(300)
        );
    }

    #[test]
    fn a_task_needs_a_status_and_may_have_a_finish() {
        let facts = read_task(b"{\"status\": \"finished\", \"finished_at\": \"1994-11-06T08:49:37Z\"}").unwrap();
        assert_eq!((facts.finished_at_ms, facts.steps), (Some(784_111_777_000), 0));
        assert_eq!(read_task(b"{\"status\": \"failed\", \"steps\": [{}, null]}").unwrap().steps, 2);
        assert_eq!(read_task(b"{\"status\": \"failed\", \"steps\": null}").unwrap().steps, 0);
        assert_eq!(read_task(b"{\"status\": \"running\", \"finished_at\": null}").unwrap().finished_at_ms, None);
        assert!(read_task(b"{\"id\": \"x\"}").is_err());
    }
}
