//! The task client without a network: every row of the status table, the poll schedule, downloads, and random faults.

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "client/bench.rs"]
mod bench;
#[path = "client/download.rs"]
mod download;
#[path = "client/faults.rs"]
mod faults;
#[path = "client/single_call.rs"]
mod single_call;
#[path = "client/wait.rs"]
mod wait;
