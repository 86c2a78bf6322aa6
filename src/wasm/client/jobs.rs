//! Adapts the jobs of the client to the loop that runs them: an outcome in, the next command or the result out.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, JSON};
use wasm_bindgen::prelude::*;

use super::abort::{now_ms, seed};
use super::client_config::{ClientConfig, get, object, text};
use super::events::{Command, Outcome};
use super::media_request::MediaResponse;
use crate::client::{
    Action, Call, ClientError, Download, DownloadAction, GifFacts, SingleCall, SingleCallFound, Wait, WaitEnd,
    WaitOptions, Wanted,
};

/// The next command of a job, or its result.
pub(super) type JobStep = Result<Command, Result<JsValue, JsValue>>;

/// A job that the loop runs step by step.
pub(super) trait Job {
    /// Handles the outcome of the last command. `file` has the chunks of the download so far.
    fn next(&mut self, config: &ClientConfig, outcome: &Outcome, file: &MediaResponse) -> JobStep;
}

/// One API call.
pub(super) struct LookupJob(SingleCall);

impl LookupJob {
    pub(super) fn new(call: Call) -> Self {
        Self(SingleCall::new(call, seed()))
    }
}

impl Job for LookupJob {
    fn next(&mut self, config: &ClientConfig, outcome: &Outcome, _: &MediaResponse) -> JobStep {
        let found = match split(self.0.on(&outcome.event(), now_ms())) {
            Ok(command) => return Ok(command),
            Err(end) => end.map_err(|error| Err(config.error(&error)))?,
        };
        Err(Ok(match found {
            SingleCallFound::Task(_) => return Err(JSON::parse(&outcome.body_text())),
            SingleCallFound::Gif(None) => JsValue::NULL,
            SingleCallFound::Gif(Some(text)) | SingleCallFound::Status(text) => text.into(),
            SingleCallFound::Screenshots(list) => list.iter().map(JsValue::from).collect::<Array>().into(),
        }))
    }
}

/// A wait for a GIF.
pub(super) struct WaitJob {
    pub(super) wait: Rc<RefCell<Wait>>,
    pub(super) on_poll: Function,
}

impl Job for WaitJob {
    fn next(&mut self, config: &ClientConfig, outcome: &Outcome, _: &MediaResponse) -> JobStep {
        let action = self.wait.borrow_mut().on(&outcome.event(), now_ms(), &config.policy);
        match split(action) {
            Ok(command) => {
                if let Command::Wait { ms, between_polls: true } = command {
                    let facts = poll_facts(&self.wait.borrow(), ms);
                    self.on_poll.call1(&JsValue::UNDEFINED, &facts).map_err(Err)?;
                }
                Ok(command)
            }
            Err(Ok(WaitEnd::Ready(url))) => Err(Ok(object(&[("status", "ready".into()), ("url", url.into())]))),
            Err(Ok(WaitEnd::Unavailable(reason))) => {
                Err(Ok(object(&[("status", "unavailable".into()), ("reason", reason.as_str().into())])))
            }
            Err(Err(error)) => Err(Err(config.error(&error))),
        }
    }
}

/// A file.
pub(super) struct DownloadJob {
    download: Download,
    on_progress: Option<Function>,
}

impl DownloadJob {
    pub(super) fn new(config: &ClientConfig, options: &JsValue) -> Result<Self, JsValue> {
        let screenshot = get(options, "screenshot");
        let wanted = if screenshot.is_undefined() {
            Wanted::Gif(wait_options(options))
        } else {
            let index = get(&screenshot, "index").as_f64().unwrap_or_default() as usize;
            Wanted::Screenshot { index, url: text(&screenshot, "url").unwrap_or_default() }
        };
        let download = Download::new(wanted, &config.policy, config.max_bytes, config.can_probe, seed())
            .map_err(|error| config.error(&error))?;
        Ok(Self { download, on_progress: get(options, "onProgress").dyn_into().ok() })
    }

    fn tell(&self) -> Result<(), JsValue> {
        let Some(on_progress) = &self.on_progress else { return Ok(()) };
        let (received, total) = self.download.progress();
        let number = |bytes: u64| JsValue::from_f64(bytes as f64);
        let progress = object(&[("received", number(received)), ("total", total.map_or(JsValue::UNDEFINED, number))]);
        on_progress.call1(&JsValue::UNDEFINED, &progress).map(|_| ())
    }
}

impl Job for DownloadJob {
    fn next(&mut self, config: &ClientConfig, outcome: &Outcome, file: &MediaResponse) -> JobStep {
        let action = self.download.on(&outcome.download_event(), now_ms(), &config.policy);
        Ok(match action {
            DownloadAction::Send(call) => Command::Send(call),
            DownloadAction::Renew => Command::Renew,
            DownloadAction::Wait { ms, between_polls } => Command::Wait { ms, between_polls },
            DownloadAction::Fetch(address) => Command::Fetch(address),
            DownloadAction::Probe(address) => Command::Probe(address),
            DownloadAction::Read => {
                if matches!(outcome, Outcome::Bytes(_)) {
                    self.tell().map_err(Err)?;
                }
                Command::Read
            }
            DownloadAction::Done(facts) => return Err(Ok(file_object(file, facts.as_ref()))),
            DownloadAction::Stop(error) => return Err(Err(config.error_about(&error, &file.url))),
        })
    }
}

fn split<T>(action: Action<T>) -> Result<Command, Result<T, ClientError>> {
    match action {
        Action::Send(call) => Ok(Command::Send(call)),
        Action::Wait { ms, between_polls } => Ok(Command::Wait { ms, between_polls }),
        Action::Renew => Ok(Command::Renew),
        Action::Done(value) => Err(Ok(value)),
        Action::Stop(error) => Err(Err(error)),
    }
}

fn poll_facts(wait: &Wait, ms: u64) -> JsValue {
    object(&[
        ("polls", JsValue::from_f64(f64::from(wait.polls()))),
        ("status", wait.status().map_or(JsValue::UNDEFINED, JsValue::from)),
        ("waitMs", JsValue::from_f64(ms as f64)),
    ])
}

fn file_object(file: &MediaResponse, facts: Option<&GifFacts>) -> JsValue {
    let pieces = JsValue::from(&file.pieces);
    let Some(facts) = facts else { return object(&[("pieces", pieces)]) };
    let number = |number: u32| JsValue::from_f64(f64::from(number));
    let delays: Array = facts.delays_ms.iter().map(|delay| number(*delay)).collect();
    object(&[
        ("pieces", pieces),
        ("width", number(facts.width)),
        ("height", number(facts.height)),
        ("delaysMs", delays.into()),
    ])
}

/// The options of a wait from `{ timeoutMs?, intervalMs?, isNew? }`.
pub(super) fn wait_options(options: &JsValue) -> WaitOptions {
    let ms = |name: &str| get(options, name).as_f64().map(|ms| ms as u64);
    WaitOptions {
        timeout_ms: ms("timeoutMs").unwrap_or(WaitOptions::default().timeout_ms),
        interval_ms: ms("intervalMs"),
        new_task: get(options, "isNew").is_truthy(),
        seed: seed(),
    }
}
