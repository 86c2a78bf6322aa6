//! The task endpoint as a pure state machine: addresses, options and answers go in, requests and decisions come out.
//!
//! Nothing here holds a clock or a socket. A transport (the browser's `fetch`, in [`crate`]'s wasm build) does what an
//! [`Action`] says and reports the outcome as an [`Event`]; the time is passed in. One file per concern:
//! `task_id`, `address`, `domain` and `media` judge names and addresses, `base` and `request` describe calls, `answer`
//! is the status table, `exchange` counts the retries of one call, `lookup`, `wait` and `download` are the jobs made
//! of several calls, `schedule` holds every delay, `gif_scan` and `picture` check the bytes that arrive.

mod api_call;
mod backoff;
mod base_url;
mod date;
mod download;
mod error;
mod gif_scan;
mod http_url;
mod json;
mod lookup;
mod media_fetch;
mod media_policy;
mod picture_signature;
mod request;
mod response_body;
mod secret;
mod status_table;
mod task_id;
mod wait;

pub use api_call::{ApiCall, CallOutcome, CallStep};
pub use backoff::{Jitter, MAX_RETRIES, PollIntervals, RETRY_AFTER_CAP_MS, retry_after_ms, retry_delay_ms};
pub use base_url::BaseUrl;
pub use date::{http_date_ms, iso_date_ms};
pub use download::{Download, DownloadAction, DownloadEvent, Wanted};
pub use error::{ClientError, Fault, Reason, Target};
pub use gif_scan::{GifFacts, GifScan};
pub use http_url::{Host, HttpUrl};
pub use lookup::{Lookup, LookupFound};
pub use media_fetch::{MediaAction, MediaEvent, MediaFetch, MediaHead, MediaKind};
pub use media_policy::MediaPolicy;
pub use picture_signature::PictureSignature;
pub use request::{Action, ApiResponse, Call, Event, Request};
pub use response_body::{Screenshots, TaskFacts, read_detail, read_gif, read_screenshots, read_status, read_task};
pub use secret::{check_header, check_secret, scrub};
pub use status_table::{StatusAction, status_action};
pub use task_id::TaskId;
pub use wait::{Wait, WaitEnd, WaitOptions};
