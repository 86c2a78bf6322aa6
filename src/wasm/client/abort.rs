//! Clock, timers and abort signals, as every JavaScript runtime has them.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, ms: f64) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: &JsValue);
}

/// Milliseconds since 1970.
pub(super) fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}

/// A seed for the jitter of one job.
pub(super) fn seed() -> u64 {
    (js_sys::Math::random() * 9_007_199_254_740_992.0) as u64
}

/// A timer that is cleared when it is dropped.
struct Timer {
    id: JsValue,
    over: JsFuture,
}

impl Timer {
    fn new(ms: f64) -> Self {
        let mut id = JsValue::UNDEFINED;
        let promise = Promise::new(&mut |resolve, _| id = set_timeout(&resolve, ms));
        Self { id, over: JsFuture::from(promise) }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.id);
    }
}

/// Why the wait for a future ended early.
pub(super) enum Interrupted {
    /// The caller's signal was aborted; its reason.
    Aborted(JsValue),
    /// The time was up.
    TimedOut,
}

/// A listener on the caller's abort signal for the time of one job.
pub(super) struct Abort {
    signal: Option<AbortSignal>,
    listener: Option<Function>,
    fired: Option<JsFuture>,
}

impl Abort {
    /// Listens to `signal`, if there is one.
    ///
    /// # Errors
    /// The signal's reason when it is aborted already.
    pub(super) fn new(signal: &JsValue) -> Result<Self, JsValue> {
        if signal.is_undefined() || signal.is_null() {
            return Ok(Self { signal: None, listener: None, fired: None });
        }
        let signal: AbortSignal = signal.clone().unchecked_into();
        if signal.aborted() {
            return Err(signal.reason());
        }
        let mut listener = None;
        let promise = Promise::new(&mut |resolve, _| listener = Some(resolve));
        if let Some(listener) = &listener {
            signal.add_event_listener_with_callback("abort", listener)?;
        }
        Ok(Self { signal: Some(signal), listener, fired: Some(JsFuture::from(promise)) })
    }

    /// Awaits `work`, or the abort or the timeout if that comes first.
    pub(super) async fn race<F: Future>(&mut self, work: F, timeout_ms: Option<f64>) -> Result<F::Output, Interrupted> {
        let mut work = pin!(work);
        let mut timer = timeout_ms.map(Timer::new);
        let (fired, signal) = (&mut self.fired, &self.signal);
        poll_fn(|context| {
            if let (Some(fired), Some(signal)) = (fired.as_mut(), signal)
                && Pin::new(fired).poll(context).is_ready()
            {
                return Poll::Ready(Err(Interrupted::Aborted(signal.reason())));
            }
            if let Poll::Ready(output) = work.as_mut().poll(context) {
                return Poll::Ready(Ok(output));
            }
            match timer.as_mut().map(|timer| Pin::new(&mut timer.over).poll(context)) {
                Some(Poll::Ready(_)) => Poll::Ready(Err(Interrupted::TimedOut)),
                _ => Poll::Pending,
            }
        })
        .await
    }

    /// Waits `ms`.
    ///
    /// # Errors
    /// The signal's reason when it is aborted meanwhile.
    pub(super) async fn sleep(&mut self, ms: f64) -> Result<(), JsValue> {
        match self.race(std::future::pending::<()>(), Some(ms)).await {
            Err(Interrupted::Aborted(reason)) => Err(reason),
            _ => Ok(()),
        }
    }
}

impl Drop for Abort {
    fn drop(&mut self) {
        if let (Some(signal), Some(listener)) = (&self.signal, &self.listener) {
            // A listener that is not there any more is no reason to fail.
            let _ = signal.remove_event_listener_with_callback("abort", listener);
        }
    }
}
