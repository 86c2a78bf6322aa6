//! The client of the task API as a pure state machine: URLs, options and responses go in, requests and decisions come
//! out.
//!
//! Nothing here reads a clock or opens a socket. A transport (the browser's `fetch`, in [`crate`]'s wasm build)
//! performs each [`Action`] and reports its outcome as an [`Event`]; the time is an argument. The client is written in
//! Rust so that the crate can fetch a task's GIF natively too.
//!
//! Nothing here indexes a `str`: the message of the panic would bring tables for printing any character into the wasm.
//!
//! - URLs and names: `task_id`, `http_url`, `base_url`, `media_policy`, `private_address`, `secret`
//! - calls: `request` describes them, `status_table` says what a status asks for, `api_call` retries, `delays` how long it waits
//! - jobs: `single_call`, `wait`, `download`, `media_fetch`
//! - content: `response_body`, `text_list`, `json`, `date`, `gif_scan`, `picture_signature`

mod api_call;
mod base_url;
mod client_error;
mod client_error_text;
mod date;
mod delays;
mod download;
mod gif_scan;
mod http_url;
mod json;
pub mod limits;
mod media_fetch;
mod media_policy;
mod picture_signature;
mod private_address;
mod request;
mod response_body;
mod retry_after;
mod secret;
mod single_call;
mod status_table;
mod task_id;
mod text_list;
mod wait;

pub use api_call::{ApiCall, CallOutcome, CallStep};
pub use base_url::BaseUrl;
pub use client_error::{ClientError, Fault, Reason, Target};
pub use date::{http_date_ms, iso_date_ms};
pub use delays::{Jitter, MAX_RETRIES, PollIntervals, retry_delay_ms};
pub use download::{Download, DownloadAction, DownloadEvent, Wanted};
pub use gif_scan::{GifFacts, GifScan};
pub use http_url::{Host, HttpUrl};
pub use media_fetch::{MediaAction, MediaEvent, MediaFetch, MediaHead, MediaKind};
pub use media_policy::MediaPolicy;
pub use picture_signature::PictureSignature;
pub use request::{Action, ApiResponse, Call, Event, Request};
pub use response_body::{Screenshots, TaskFacts, read_detail, read_gif, read_screenshots, read_status, read_task};
pub use retry_after::{RETRY_AFTER_CAP_MS, retry_after_ms};
pub use secret::{check_header, check_secret, scrub};
pub use single_call::{SingleCall, SingleCallFound};
pub use status_table::{StatusAction, status_action};
pub use task_id::TaskId;
pub use wait::{Wait, WaitEnd, WaitOptions};
