//! The list of steps that is embedded in a GIF as JSON, so that a player can show captions and URLs.

use std::fmt::Write;

use super::error::{ErrorKind, Result};
use super::geometry::Area;
use super::plan::Plan;

/// More text than the steps of any replay have, and the most that is written or read.
pub const MOST_STEPS_BYTES: usize = 4 << 20;

/// The facts of the step that a screenshot shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Step {
    /// Its number in the task.
    pub number: Option<f64>,
    /// What it is about.
    pub caption: Option<String>,
    /// Whether it failed, where that is known.
    pub failed: Option<bool>,
    /// Address of the page.
    pub url: Option<String>,
    /// When the screenshot was taken, in ms since 1970.
    pub timestamp_ms: Option<f64>,
    /// The part of the screenshot that the camera goes to, in its pixels.
    pub view: Option<Area>,
}

/// The steps as JSON text, `{"steps":[{"number","caption","failed","url","timestampMs","view","frame"}]}`. `steps` has one for
/// each screenshot, or none for a card; `frame` counts the images of the file, second images and ticks of a progress bar
/// included.
///
/// # Errors
/// `BAD_OPTION` for more than 4 MiB of text.
pub fn to_json(steps: &[Option<Step>], plan: &Plan) -> Result<Vec<u8>> {
    let mut text = String::from("{\"steps\":[");
    let (mut rest, mut image) = (steps, 0);
    for frame in &plan.frames {
        let (shown, tail) = rest.split_at((frame.frame_count as usize).min(rest.len()));
        rest = tail;
        for step in shown.iter().flatten() {
            put_step(&mut text, step, image);
            text.push(',');
        }
        image += frame.images();
    }
    text.truncate(text.trim_end_matches(',').len());
    text.push_str("]}");
    let text = text.into_bytes();
    if text.len() > MOST_STEPS_BYTES {
        let reason =
            format!("expected at most {MOST_STEPS_BYTES} bytes of captions and addresses, found {}", text.len());
        return Err(ErrorKind::BadOption { option: "embedSteps", reason }.into());
    }
    Ok(text)
}

/// Appends one step, its fields in alphabetical order.
fn put_step(text: &mut String, step: &Step, frame: usize) {
    text.push('{');
    if let Some(caption) = &step.caption {
        text.push_str("\"caption\":");
        put_text(text, caption);
        text.push(',');
    }
    if let Some(failed) = step.failed {
        let _ = write!(text, "\"failed\":{failed},");
    }
    let _ = write!(text, "\"frame\":{frame}");
    for (name, value) in [("number", step.number), ("timestampMs", step.timestamp_ms)] {
        if let Some(value) = value.filter(|value| value.is_finite()) {
            let _ = write!(text, ",\"{name}\":");
            put_number(text, value);
        }
    }
    if let Some(url) = &step.url {
        text.push_str(",\"url\":");
        put_text(text, url);
    }
    if let Some(Area { left, top, width, height }) = step.view {
        let _ = write!(text, r#","view":{{"height":{height},"left":{left},"top":{top},"width":{width}}}"#);
    }
    text.push('}');
}

/// Whole numbers without a fraction, as JavaScript writes them; others to a thousandth.
fn put_number(text: &mut String, value: f64) {
    let whole = value.trunc();
    if value < 0.0 && whole == 0.0 {
        text.push('-');
    }
    let thousandths = ((value - whole).abs() * 1000.0).round().min(999.0) as u32;
    let _ = write!(text, "{}", whole as i64);
    if thousandths > 0 {
        let fraction = format!(".{thousandths:03}");
        text.push_str(fraction.trim_end_matches('0'));
    }
}

fn put_text(text: &mut String, value: &str) {
    text.push('"');
    for char in value.chars() {
        match char {
            '"' | '\\' => text.extend(['\\', char]),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\0'..=' ' if char != ' ' => {
                let _ = write!(text, "\\u{:04x}", u32::from(char));
            }
            _ => text.push(char),
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_are_written_as_json_has_them() {
        let step = Step {
            number: Some(3.0),
            caption: Some("a \"b\"\\\n\u{1}é😀".into()),
            failed: Some(true),
            url: None,
            timestamp_ms: Some(1_700_000_000_000.25),
            view: Some(Area { left: 8, top: 0, width: 400, height: 225 }),
        };
        let mut text = String::new();
        put_step(&mut text, &step, 2);
        let expected = "{\"caption\":\"a \\\"b\\\"\\\\\\n\\u0001é😀\",\"failed\":true,\"frame\":2,\"number\":3,\"timestampMs\":1700000000000.25,\"view\":{\"height\":225,\"left\":8,\"top\":0,\"width\":400}}";
        assert_eq!(text, expected);
        let number = |value| {
            let mut text = String::new();
            put_number(&mut text, value);
            text
        };
        assert_eq!([-0.5, -2.0, 0.1 + 0.2, 0.9999].map(number), ["-0.5", "-2", "0.3", "0.999"]);
    }
}
