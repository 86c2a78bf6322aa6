//! Property: whatever a server does, in whatever order, every job settles within its budget of requests.

use crate::bench::{Asked, Bench, Reply, file, file_status, gif_at, ok, status};
use crate::download::{GIF, URL};
use proptest::prelude::*;
use task_gif::client::{Call, Download, Fault, MediaFetch, SingleCall, Wait, WaitOptions, Wanted};

fn any_reply() -> impl Strategy<Value = Reply> {
    prop_oneof![
        4 => Just(ok("{\"gif\": null}")),
        3 => Just(gif_at(URL)),
        1 => Just(gif_at("https://evil.com/a.gif")),
        2 => Just(ok("\"running\"")),
        2 => Just(ok("\"finished\"")),
        2 => Just(ok("{\"status\": \"finished\", \"finished_at\": \"2026-03-02T08:00:00Z\"}")),
        1 => Just(ok("{\"screenshots\": null}")),
        2 => Just(ok("{\"screenshots\": [\"https://media.example.com/1.png\", \"https://media.example.com/2.png\"]}")),
        1 => "[ -~]{0,40}".prop_map(|text| ok(&text)),
        6 => (0_u16..600).prop_map(status),
        4 => prop::sample::select(vec![401, 403, 404, 409, 410, 425, 429, 500, 503]).prop_map(status),
        2 => prop::sample::select(vec!["0", "3", "99999", "soon", "Mon, 02 Mar 2026 09:05:00 GMT"]).prop_map(|text| Reply::Later(503, text)),
        3 => prop::sample::select(vec![Fault::Broken, Fault::TimedOut, Fault::Stalled]).prop_map(Reply::Fault),
        3 => Just(file("image/gif", GIF)),
        1 => (0..GIF.len()).prop_map(|end| file("image/gif", &GIF[..end])),
        1 => prop::sample::select(vec!["/b.gif", "https://evil.com/", "http://10.0.0.1/", ""]).prop_map(|to| file_status(302, Some(to))),
    ]
}

fn replies() -> impl Strategy<Value = Vec<Reply>> {
    prop::collection::vec(any_reply(), 1..60)
}

fn never_foreign(bench: &Bench) -> bool {
    bench.asked.iter().all(|asked| match asked {
        Asked::Api(_) => true,
        Asked::File(url) => url.starts_with("https://media.example.com/"),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_lookup_settles(replies in replies(), which in 0_usize..4) {
        let call = [Call::Gif, Call::Task, Call::Status, Call::Screenshots][which];
        let mut bench = Bench::new(&replies);
        let _ = bench.lookup(call);
        prop_assert!(bench.asked.len() <= SingleCall::MAX_REQUESTS as usize);
    }

    #[test]
    fn a_wait_settles_in_time(replies in replies(), seconds in 0_u64..1_000, seed: u64, new_task: bool) {
        let mut bench = Bench::new(&replies);
        let started = bench.now_ms;
        let options = WaitOptions { timeout_ms: seconds * 1_000, interval_ms: None, new_task, seed };
        let _ = bench.wait(&mut Wait::new(options));
        prop_assert!(bench.asked.len() as u64 <= Wait::max_requests(seconds * 1_000));
        // A single ask may use the retries of a call; a longer wait ends with its last round of questions.
        let most = if seconds == 0 { 1_300_000 } else { seconds * 1_000 + 11_000 };
        prop_assert!(bench.now_ms - started <= most);
    }

    #[test]
    fn a_download_settles_and_asks_no_foreign_host(replies in replies(), seed: u64, probe: bool, reachable: bool) {
        let mut bench = Bench::new(&replies);
        bench.reachable = reachable;
        let wanted = Wanted::Gif(WaitOptions { timeout_ms: 60_000, seed, ..WaitOptions::default() });
        let job = Download::new(wanted, &bench.policy, 1_000, probe, seed).unwrap();
        let _ = bench.download(job);
        let budget = Wait::max_requests(60_000) + Wait::max_requests(0) + 2 * u64::from(MediaFetch::MAX_REQUESTS);
        prop_assert!(bench.asked.len() as u64 + u64::from(bench.probes) <= budget);
        prop_assert!(never_foreign(&bench));
    }
}
