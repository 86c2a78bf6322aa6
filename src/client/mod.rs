//! The task endpoint as a pure state machine: addresses, options and answers go in, requests and decisions come out.
//!
//! Nothing here holds a clock or a socket. A transport (the browser's `fetch`, in [`crate`]'s wasm build) does what an
//! [`Action`] says and reports the outcome as an [`Event`]; the time is passed in. One file per concern:
//! `task_id`, `address`, `domain` and `media` judge names and addresses, `base` and `request` describe calls, `answer`
//! is the status table, `exchange` counts the retries of one call, `lookup`, `wait` and `download` are the jobs made
//! of several calls, `schedule` holds every delay, `gif_scan` and `picture` check the bytes that arrive.

mod address;
mod answer;
mod base;
mod body;
mod date;
mod domain;
mod download;
mod error;
mod exchange;
mod gif_scan;
mod json;
mod lookup;
mod media;
mod media_fetch;
mod picture;
mod request;
mod schedule;
mod secret;
mod task_id;
mod wait;

pub use address::{Address, Host};
pub use answer::{Answer, Verdict, verdict};
pub use base::ApiBase;
pub use body::{Screenshots, TaskFacts, read_detail, read_gif, read_screenshots, read_status, read_task};
pub use date::{http_date_ms, iso_date_ms};
pub use domain::registrable_domain;
pub use download::{Download, DownloadAction, DownloadEvent, Wanted};
pub use error::{ClientError, Fault, Reason, Target};
pub use exchange::{Exchange, Reply, Turn};
pub use gif_scan::{GifFacts, GifScan};
pub use lookup::{Lookup, LookupFound};
pub use media::MediaRules;
pub use media_fetch::{MediaAction, MediaEvent, MediaFetch, MediaHead, MediaKind};
pub use picture::PictureScan;
pub use request::{Action, Call, Event, Request};
pub use schedule::{Jitter, MAX_RETRIES, Poll, RETRY_AFTER_CAP_MS, retry_after_ms, retry_delay_ms};
pub use secret::{check_header, check_secret, scrub};
pub use task_id::TaskId;
pub use wait::{Wait, WaitEnd, WaitOptions};
