//! The task client over the host's own `fetch`, timers and abort signals: windows, workers and Node alike.
//!
//! Each job of [`crate::client`] returns its next command; one loop here performs it and reports the outcome. No rule is
//! here.

mod abort;
mod client_config;
mod events;
mod jobs;
mod js_client_error;
mod media_request;
mod response;
mod transport;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use self::abort::{Abort, now_ms};
use self::client_config::ClientConfig;
use self::events::{Outcome, PausePolicy};
use self::jobs::{DownloadJob, Job, LookupJob, WaitJob, wait_options};
use self::js_client_error::to_js;
use self::media_request::MediaResponse;
use crate::client::{Call, TaskId, Wait};

/// One API and the credentials for it.
#[wasm_bindgen]
pub struct ApiClient {
    config: Rc<ClientConfig>,
}

#[wasm_bindgen]
impl ApiClient {
    /// Checks and keeps `config`; see `ApiConfig` on the JavaScript side.
    ///
    /// # Errors
    /// A `TypeError` that names the option.
    #[wasm_bindgen(constructor)]
    pub fn new(config: &JsValue) -> Result<ApiClient, JsValue> {
        Ok(Self { config: Rc::new(ClientConfig::new(config)?) })
    }

    /// Makes one API call: `"gif"`, `"task"`, `"status"` or `"screenshots"`.
    ///
    /// # Errors
    /// A `TypeError` for the task id.
    pub fn lookup(&self, call: &str, task_id: &str, signal: JsValue) -> Result<Promise, JsValue> {
        let call = match call {
            "gif" => Call::Gif,
            "task" => Call::Task,
            "status" => Call::Status,
            _ => Call::Screenshots,
        };
        Ok(self.run(checked(task_id)?, signal, PausePolicy::Never, Box::new(LookupJob::new(call))))
    }

    /// Creates a wait for a GIF. It starts with [`Waiting::run`].
    ///
    /// # Errors
    /// A `TypeError` for the task id.
    pub fn waiting(&self, task_id: &str, options: &JsValue) -> Result<Waiting, JsValue> {
        let wait = Rc::new(RefCell::new(Wait::new(wait_options(options))));
        Ok(Waiting { config: Rc::clone(&self.config), id: checked(task_id)?, wait })
    }

    /// Downloads a file: the GIF, or the screenshot in `options.screenshot`. Returns the chunks as they arrived.
    ///
    /// # Errors
    /// A `TypeError` for the task id, an error with code `MEDIA_URL` for the screenshot's address.
    pub fn download(&self, task_id: &str, options: &JsValue, signal: JsValue) -> Result<Promise, JsValue> {
        let job = DownloadJob::new(&self.config, options)?;
        Ok(self.run(checked(task_id)?, signal, PausePolicy::BetweenPolls, Box::new(job)))
    }

    fn run(&self, id: TaskId, signal: JsValue, pause: PausePolicy, job: Box<dyn Job>) -> Promise {
        future_to_promise(drive(Rc::clone(&self.config), id, signal, pause, job))
    }
}

/// A wait for the GIF of one task.
#[wasm_bindgen]
pub struct Waiting {
    config: Rc<ClientConfig>,
    id: TaskId,
    wait: Rc<RefCell<Wait>>,
}

#[wasm_bindgen]
impl Waiting {
    /// Waits; `on_poll` hears of every pause.
    pub fn run(&self, signal: JsValue, on_poll: Function) -> Promise {
        let job = WaitJob { wait: Rc::clone(&self.wait), on_poll };
        future_to_promise(drive(Rc::clone(&self.config), self.id.clone(), signal, PausePolicy::Always, Box::new(job)))
    }

    /// Moves the deadline to `timeout_ms` from now if that is later.
    pub fn extend(&self, timeout_ms: f64) {
        self.wait.borrow_mut().extend(timeout_ms as u64, now_ms());
    }

    /// The reason why there is no GIF yet, if known.
    #[wasm_bindgen(getter)]
    pub fn reason(&self) -> String {
        self.wait.borrow().reason().as_str().to_owned()
    }
}

/// Runs `job`: performs its commands until it is done.
async fn drive(
    config: Rc<ClientConfig>,
    id: TaskId,
    signal: JsValue,
    pause: PausePolicy,
    mut job: Box<dyn Job>,
) -> Result<JsValue, JsValue> {
    let mut abort = Abort::new(&signal)?;
    let mut file = MediaResponse::new();
    let mut outcome = Outcome::Start;
    loop {
        outcome = match job.next(&config, &outcome, &file) {
            Ok(command) => config.perform(command, &id, &mut file, &mut abort, pause).await?,
            Err(end) => return end,
        };
    }
}

fn checked(task_id: &str) -> Result<TaskId, JsValue> {
    TaskId::new(task_id).map_err(|error| to_js(&error, &[]))
}
