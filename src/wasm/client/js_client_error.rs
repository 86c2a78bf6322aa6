//! [`ClientError`] as a JavaScript error: a `TypeError` for wrong arguments, else an `Error` with `code` and its
//! details.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use crate::client::{ClientError, scrub};

/// The error with `secrets` kept out of its text, whoever put them in.
pub(super) fn to_js(error: &ClientError, secrets: &[&str]) -> JsValue {
    let text = scrub(&error.to_string(), secrets);
    if matches!(error, ClientError::Argument { .. }) {
        return js_sys::TypeError::new(&text).into();
    }
    let object = js_sys::Error::new(&text);
    object.set_name("TaskGifError");
    // Setting a property of a fresh, extensible object cannot fail.
    let _ = Reflect::set(&object, &"code".into(), &error.code().as_ref().into());
    if let Some(status) = error.status() {
        let _ = Reflect::set(&object, &"status".into(), &JsValue::from_f64(f64::from(status)));
    }
    if let Some(reason) = error.reason() {
        let _ = Reflect::set(&object, &"reason".into(), &reason.as_str().into());
    }
    object.into()
}
