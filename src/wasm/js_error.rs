//! [`Error`] as a JavaScript `Error` with `code` and, where a screenshot is to blame, `frame`.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use crate::model::error::Error;

/// Names the properties JavaScript looks at.
pub(crate) fn to_js(error: &Error) -> JsValue {
    let object = js_sys::Error::new(&error.to_string());
    object.set_name("TaskGifError");
    // Setting a property of a fresh, extensible object cannot fail.
    let _ = Reflect::set(&object, &"code".into(), &error.code().into());
    if let Some(frame) = error.frame {
        let _ = Reflect::set(&object, &"frame".into(), &JsValue::from_f64(frame as f64));
    }
    object.into()
}
