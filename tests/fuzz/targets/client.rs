//! Property: whatever a server answers, in whatever order, a lookup, a wait and a download settle within their budget of
//! requests and of time, and no file is asked of a foreign host.

#[allow(dead_code)]
#[path = "../../rust/client/bench.rs"]
mod bench;

use bench::{Asked, Bench, Reply};
use task_gif::client::{Call, Download, Fault, MediaFetch, SingleCall, Wait, WaitOptions, Wanted};

use super::source::Source;

const MEDIA: &str = "https://media.example.com/";
const LOCATIONS: [&str; 6] =
    ["/b.gif", "https://evil.com/", "http://10.0.0.1/", "", "https://media.example.com/c.gif", "//media.example.com/d"];
const BODIES: [&str; 8] = [
    "{\"gif\": null}",
    "{\"gif\": \"https://media.example.com/a.gif\"}",
    "{\"gif\": \"https://evil.com/a.gif\"}",
    "\"running\"",
    "\"finished\"",
    "{\"status\": \"finished\", \"finished_at\": \"2026-03-02T08:00:00Z\"}",
    "{\"screenshots\": null}",
    "{\"screenshots\": [\"https://media.example.com/1.png\", \"https://media.example.com/2.png\"]}",
];

pub fn check(data: &[u8]) {
    let mut source = Source::new(data);
    let kind = source.number(0, 2);
    let seed = source.long();
    let timeout_ms = source.pick(&[0, 1_000, 60_000, 900_000]);
    let (can_probe, reachable, tokens) = (source.flag(), source.flag(), source.flag());
    let call = source.pick(&[Call::Gif, Call::Task, Call::Status, Call::Screenshots]);
    let mut replies = vec![reply(&mut source)];
    while !source.is_empty() && replies.len() < 80 {
        replies.push(reply(&mut source));
    }
    let mut bench = Bench::new(&replies);
    (bench.reachable, bench.tokens) = (reachable, tokens);
    let started = bench.now_ms;
    let options = WaitOptions { timeout_ms, seed, ..WaitOptions::default() };
    let requests = match kind {
        0 => {
            let _ = bench.lookup(call);
            u64::from(SingleCall::MAX_REQUESTS)
        }
        1 => {
            let _ = bench.wait(&mut Wait::new(options));
            let most = if timeout_ms == 0 { 1_300_000 } else { timeout_ms + 11_000 };
            assert!(bench.now_ms - started <= most, "it takes {} ms", bench.now_ms - started);
            Wait::max_requests(timeout_ms)
        }
        _ => {
            let job = Download::new(Wanted::Gif(options), &bench.policy, 1_000, can_probe, seed).unwrap();
            let _ = bench.download(job);
            Wait::max_requests(timeout_ms) + Wait::max_requests(0) + 2 * u64::from(MediaFetch::MAX_REQUESTS)
        }
    };
    assert!(bench.asked.len() as u64 + u64::from(bench.probes) <= requests, "{} requests", bench.asked.len());
    let is_ours = |asked: &Asked| !matches!(asked, Asked::File(url) if !url.starts_with(MEDIA));
    assert!(bench.asked.iter().all(is_ours), "{:?}", bench.asked);
}

fn reply(source: &mut Source<'_>) -> Reply {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match source.number(0, 5) {
        0 | 1 => Reply::Api(200, source.pick(&BODIES).to_owned()),
        2 => {
            let status = source.pick(&[200, 204, 301, 400, 401, 403, 404, 409, 410, 425, 429, 500, 503, 599]);
            let length = source.number(0, 60);
            Reply::Api(status, text(source.bytes(length)))
        }
        3 => Reply::Later(503, source.pick(&["0", "3", "99999", "soon", "Mon, 02 Mar 2026 09:05:00 GMT"])),
        4 => Reply::Fault(source.pick(&[Fault::Broken, Fault::TimedOut, Fault::Stalled])),
        _ => {
            let location = source.flag().then(|| source.pick(&LOCATIONS).to_owned());
            let (first, second) = (source.number(0, 90), source.number(0, 30));
            Reply::File {
                status: source.pick(&[200, 200, 302, 403, 404, 410, 500]),
                kind: source.pick(&["image/gif", "image/gif", "text/html", ""]),
                location,
                length: source.pick(&[None, Some(0), Some(42), Some(u64::MAX)]),
                pieces: vec![source.bytes(first).to_vec(), source.bytes(second).to_vec()],
                fault: source.pick(&[None, None, Some(Fault::Broken), Some(Fault::Stalled)]),
            }
        }
    }
}
