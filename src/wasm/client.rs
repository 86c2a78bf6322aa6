//! The task client over the host's own `fetch`, timers and abort signals: windows, workers and Node alike.
//!
//! Each job of [`crate::client`] says what to do next; the loops here do it and report back. No rule lives here.

mod errors;
mod host;
mod session;
mod transport;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, JSON, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use self::errors::to_js;
use self::host::{Abort, now_ms, seed};
use self::session::{Session, get, object, text};
use self::transport::{Heard, Pause};
use crate::client::{
    Action, Call, Download, DownloadAction, GifFacts, Lookup, LookupFound, TaskId, Wait, WaitEnd, WaitOptions, Wanted,
};

/// One API and the credentials for it.
#[wasm_bindgen]
pub struct ApiClient {
    session: Rc<Session>,
}

#[wasm_bindgen]
impl ApiClient {
    /// Checks and keeps `config`; see `ApiConfig` on the JavaScript side.
    ///
    /// # Errors
    /// A `TypeError` that names the option.
    #[wasm_bindgen(constructor)]
    pub fn new(config: &JsValue) -> Result<ApiClient, JsValue> {
        Ok(Self { session: Rc::new(Session::new(config)?) })
    }

    /// One plain call: `"gif"`, `"task"`, `"status"` or `"screenshots"`.
    pub fn lookup(&self, call: &str, task_id: &str, signal: JsValue) -> Promise {
        let session = Rc::clone(&self.session);
        let call = match call {
            "gif" => Call::Gif,
            "task" => Call::Task,
            "status" => Call::Status,
            _ => Call::Screenshots,
        };
        let id = TaskId::new(task_id);
        future_to_promise(async move {
            let id = id.map_err(|error| session.error(&error))?;
            look_up(&session, call, &id, &signal).await
        })
    }

    /// A wait that has not started.
    ///
    /// # Errors
    /// A `TypeError` for the task id.
    pub fn waiting(&self, task_id: &str, options: &JsValue) -> Result<Waiting, JsValue> {
        let id = TaskId::new(task_id).map_err(|error| to_js(&error, &[]))?;
        let wait = Rc::new(RefCell::new(Wait::new(wait_options(options))));
        Ok(Waiting { session: Rc::clone(&self.session), id, wait })
    }

    /// A file, in the pieces in which it arrived: the GIF, or the screenshot that `options.screenshot` names.
    pub fn download(&self, task_id: &str, options: JsValue, signal: JsValue) -> Promise {
        let session = Rc::clone(&self.session);
        let id = TaskId::new(task_id);
        future_to_promise(async move {
            let id = id.map_err(|error| session.error(&error))?;
            download(&session, &id, &options, &signal).await
        })
    }
}

/// A wait for the GIF of one task.
#[wasm_bindgen]
pub struct Waiting {
    session: Rc<Session>,
    id: TaskId,
    wait: Rc<RefCell<Wait>>,
}

#[wasm_bindgen]
impl Waiting {
    /// Waits; `on_poll` hears of every pause.
    pub fn run(&self, signal: JsValue, on_poll: Function) -> Promise {
        let (session, id, wait) = (Rc::clone(&self.session), self.id.clone(), Rc::clone(&self.wait));
        future_to_promise(async move {
            let mut abort = Abort::new(&signal)?;
            let mut heard = Heard::Start;
            loop {
                let action = wait.borrow_mut().on(&heard.event(), now_ms(), &session.rules);
                if let Action::Wait { ms, between_polls: true } = action {
                    on_poll.call1(&JsValue::UNDEFINED, &poll_facts(&wait.borrow(), ms))?;
                }
                heard = match action {
                    Action::Done(end) => return Ok(end_object(&end)),
                    action => session.perform(action, &id, &mut abort, Pause::Always).await?,
                };
            }
        })
    }

    /// Moves the deadline to `timeout_ms` from now if that is later.
    pub fn extend(&self, timeout_ms: f64) {
        self.wait.borrow_mut().extend(timeout_ms as u64, now_ms());
    }

    /// Why there is no GIF, as far as it is known now.
    #[wasm_bindgen(getter)]
    pub fn reason(&self) -> String {
        self.wait.borrow().reason().as_str().to_owned()
    }
}

async fn look_up(session: &Session, call: Call, id: &TaskId, signal: &JsValue) -> Result<JsValue, JsValue> {
    let mut abort = Abort::new(signal)?;
    let mut job = Lookup::new(call, seed());
    let mut heard = Heard::Start;
    loop {
        heard = match job.on(&heard.event(), now_ms()) {
            Action::Done(LookupFound::Task(_)) => return JSON::parse(&heard.body_text()),
            Action::Done(found) => return Ok(found_value(&found)),
            action => session.perform(action, id, &mut abort, Pause::Never).await?,
        };
    }
}

fn found_value(found: &LookupFound) -> JsValue {
    match found {
        LookupFound::Gif(Some(url)) | LookupFound::Status(url) => url.into(),
        LookupFound::Gif(None) | LookupFound::Task(_) => JsValue::NULL,
        LookupFound::Screenshots(list) => list.iter().map(JsValue::from).collect::<Array>().into(),
    }
}

async fn download(session: &Session, id: &TaskId, options: &JsValue, signal: &JsValue) -> Result<JsValue, JsValue> {
    let mut abort = Abort::new(signal)?;
    let screenshot = get(options, "screenshot");
    let wanted = if screenshot.is_undefined() {
        Wanted::Gif(wait_options(options))
    } else {
        let index = get(&screenshot, "index").as_f64().unwrap_or_default() as usize;
        Wanted::Screenshot { index, url: text(&screenshot, "url").unwrap_or_default() }
    };
    let on_progress = get(options, "onProgress").dyn_into::<Function>().ok();
    let mut job = Download::new(wanted, &session.rules, session.max_bytes, session.can_probe, seed())
        .map_err(|error| session.error(&error))?;
    let mut action = job.start(now_ms(), &session.rules);
    let mut file = session.file();
    loop {
        let heard = match action {
            DownloadAction::Done(facts) => return Ok(file_object(&file.pieces, facts.as_ref())),
            DownloadAction::Stop(error) => return Err(session.error_about(&error, &file.url)),
            DownloadAction::Send(call) => {
                session.perform::<()>(Action::Send(call), id, &mut abort, Pause::Never).await?
            }
            DownloadAction::Renew => session.perform::<()>(Action::Renew, id, &mut abort, Pause::Never).await?,
            DownloadAction::Wait { ms, between_polls } => {
                let wait = Action::Wait::<()> { ms, between_polls };
                session.perform(wait, id, &mut abort, Pause::BetweenPolls).await?
            }
            DownloadAction::Fetch(address) => file.open(session, &address, &mut abort).await?,
            DownloadAction::Probe(address) => file.probe(session, &address, &mut abort).await?,
            DownloadAction::Read => file.read(session, &mut abort).await?,
        };
        action = job.on(&heard.download_event(), now_ms(), &session.rules);
        if let (Heard::Bytes(_), DownloadAction::Read, Some(on_progress)) = (&heard, &action, &on_progress) {
            let (received, total) = job.progress();
            let total = total.map_or(JsValue::UNDEFINED, |total| JsValue::from_f64(total as f64));
            let progress = object(&[("received", JsValue::from_f64(received as f64)), ("total", total)]);
            on_progress.call1(&JsValue::UNDEFINED, &progress)?;
        }
    }
}

fn wait_options(options: &JsValue) -> WaitOptions {
    let ms = |name: &str| get(options, name).as_f64().map(|ms| ms as u64);
    WaitOptions {
        timeout_ms: ms("timeoutMs").unwrap_or(WaitOptions::default().timeout_ms),
        interval_ms: ms("intervalMs"),
        new_task: get(options, "isNew").is_truthy(),
        seed: seed(),
    }
}

fn poll_facts(wait: &Wait, ms: u64) -> JsValue {
    object(&[
        ("polls", JsValue::from_f64(f64::from(wait.polls()))),
        ("status", wait.status().map_or(JsValue::UNDEFINED, JsValue::from)),
        ("waitMs", JsValue::from_f64(ms as f64)),
    ])
}

fn end_object(end: &WaitEnd) -> JsValue {
    match end {
        WaitEnd::Ready(url) => object(&[("status", "ready".into()), ("url", url.into())]),
        WaitEnd::Unavailable(reason) => object(&[("status", "unavailable".into()), ("reason", reason.as_str().into())]),
    }
}

fn file_object(pieces: &Array, facts: Option<&GifFacts>) -> JsValue {
    let Some(facts) = facts else { return object(&[("pieces", pieces.into())]) };
    let delays: Array = facts.delays_ms.iter().map(|delay| JsValue::from_f64(f64::from(*delay))).collect();
    object(&[
        ("pieces", pieces.into()),
        ("width", JsValue::from_f64(f64::from(facts.width))),
        ("height", JsValue::from_f64(f64::from(facts.height))),
        ("delaysMs", delays.into()),
    ])
}
