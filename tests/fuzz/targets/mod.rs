//! What must hold for any bytes, one property a file. The fuzzer runs them, and so does `cargo test` over the committed
//! corpus (tests/rust/corpus.rs).

mod client;
mod decode;
mod pipeline;
mod probe;
mod reader;
mod source;

/// Panics where the property does not hold.
pub type Check = fn(&[u8]);

/// Every target by the name of its folder in the corpus.
pub const ALL: [(&str, Check); 5] = [
    ("client", client::check),
    ("decode", decode::check),
    ("pipeline", pipeline::check),
    ("probe", probe::check),
    ("reader", reader::check),
];
