//! One program for all targets; the variable `FUZZ_TARGET` names the one to run. See scripts/fuzz.mjs.

#![no_main]
#![allow(clippy::unwrap_used, clippy::panic)]

mod targets;

use std::sync::OnceLock;

static TARGET: OnceLock<targets::Check> = OnceLock::new();

libfuzzer_sys::fuzz_target!(init: {
    let name = std::env::var("FUZZ_TARGET").unwrap_or_default();
    let found = targets::ALL.iter().find(|(target, _)| *target == name);
    let names: Vec<&str> = targets::ALL.iter().map(|(name, _)| *name).collect();
    let (_, check) = found.unwrap_or_else(|| panic!("FUZZ_TARGET is \"{name}\", expected one of {names:?}"));
    TARGET.get_or_init(|| *check);
}, |data: &[u8]| {
    if let Some(check) = TARGET.get() {
        check(data);
    }
});
