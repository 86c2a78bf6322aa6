//! The list of steps that a GIF can carry, so that a player can show it again.

use serde_json::{Map, Value, json};

use super::blocks::MOST_STEPS_BYTES;
use super::error::{ErrorKind, Result};
use super::plan::Plan;

/// What is known of the step that a screenshot shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Step {
    /// Its number in the task.
    pub number: Option<f64>,
    /// What it is about.
    pub caption: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// When the screenshot was taken, in ms since 1970.
    pub timestamp_ms: Option<f64>,
}

/// The steps as JSON text, `{"steps":[{"number","caption","url","timestampMs","frame"}]}`. `steps` has one for each
/// screenshot, or none for a card; `frame` counts the images of the file, ticks of a progress bar included.
///
/// # Errors
/// `BAD_OPTION` for more than 4 MiB of text.
pub fn to_json(steps: &[Option<Step>], plan: &Plan) -> Result<Vec<u8>> {
    let mut listed = Vec::new();
    let (mut rest, mut image) = (steps, 0);
    for frame in &plan.frames {
        let (shown, tail) = rest.split_at((frame.sources as usize).min(rest.len()));
        rest = tail;
        listed.extend(shown.iter().flatten().map(|step| value_of(step, image)));
        image += 1 + frame.ticks.len();
    }
    let text = json!({ "steps": listed }).to_string().into_bytes();
    if text.len() > MOST_STEPS_BYTES {
        let reason =
            format!("expected at most {MOST_STEPS_BYTES} bytes of captions and addresses, found {}", text.len());
        return Err(ErrorKind::BadOption { option: "embedSteps", reason }.into());
    }
    Ok(text)
}

fn value_of(step: &Step, frame: usize) -> Value {
    let mut object = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            object.insert(name.into(), value);
        }
    };
    // Whole numbers without a fraction, as JavaScript writes them.
    let number = |value: f64| {
        let whole = value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_991.0;
        if whole { json!(value as i64) } else { json!(value) }
    };
    put("number", step.number.map(number));
    put("caption", step.caption.clone().map(Value::from));
    put("url", step.url.clone().map(Value::from));
    put("timestampMs", step.timestamp_ms.map(number));
    put("frame", Some(json!(frame)));
    Value::Object(object)
}
