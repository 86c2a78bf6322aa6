//! Properties of JavaScript objects.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// One property of an object; `None` if it is missing, `undefined` or `null`.
pub(crate) fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    if !object.is_object() {
        return None;
    }
    Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

/// Setting a property of a fresh, extensible object cannot fail.
pub(crate) fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    let _ = Reflect::set(object, &name.into(), &value.into());
}
