//! Waiting: what `gif: null` means is told apart, and the wait ends when it said it would.

use crate::bench::{Asked, Bench, Reply, START_MS, gif_at, ok, status};
use task_gif::client::{Call, Fault, Reason, Wait, WaitEnd, WaitOptions};

const URL: &str = "https://media.example.com/gifs/task_1/execution.gif";

fn null() -> Reply {
    ok("{\"gif\": null}")
}

fn task(status: &str, finished_at: &str) -> Reply {
    ok(&format!("{{\"status\": \"{status}\", \"finished_at\": \"{finished_at}\"}}"))
}

fn shots(count: usize) -> Reply {
    ok(&format!("{{\"screenshots\": [{}]}}", vec!["\"https://a.com/s.png\""; count].join(",")))
}

fn finished() -> (Reply, Reply) {
    (task("finished", "2026-03-02T08:58:00Z"), ok("\"finished\""))
}

fn end(bench: &mut Bench) -> WaitEnd {
    bench.wait(&mut Wait::new(WaitOptions::default())).unwrap()
}

#[test]
fn an_address_ends_the_wait() {
    let mut bench = Bench::new(&[gif_at(URL)]);
    assert_eq!(end(&mut bench), WaitEnd::Ready(URL.to_owned()));
    assert_eq!(bench.asked.len(), 1);
}

#[test]
fn the_gif_of_a_running_task_is_waited_for() {
    let mut turn = 0;
    let mut bench = Bench::with(move |asked| {
        turn += 1;
        match asked {
            Asked::Api(Call::Gif) if turn > 9 => gif_at(URL),
            Asked::Api(Call::Gif) => null(),
            _ => ok("\"running\""),
        }
    });
    assert_eq!(end(&mut bench), WaitEnd::Ready(URL.to_owned()));
    assert_eq!(bench.count(Call::Screenshots), 0);
}

#[test]
fn an_address_off_the_allowed_hosts_is_not_handed_on() {
    let error =
        Bench::new(&[gif_at("https://evil.com/a.gif")]).wait(&mut Wait::new(WaitOptions::default())).unwrap_err();
    assert_eq!(error.code(), "MEDIA_URL");
    assert!(error.to_string().contains("evil.com") && error.to_string().contains("allowedMediaHosts"), "{error}");
}

#[test]
fn a_task_that_goes_on_is_not_finished() {
    for state in ["created", "running", "paused", "something_new"] {
        let mut bench = Bench::by_call(&null(), &status(500), &ok(&format!("\"{state}\"")), &status(500));
        assert_eq!(end(&mut bench), WaitEnd::Unavailable(Reason::NotFinished), "{state}");
        assert!(bench.now_ms - START_MS >= 600_000, "{state}");
    }
}

#[test]
fn one_screenshot_is_too_few_and_is_looked_at_twice() {
    let (task, over) = finished();
    let mut bench = Bench::by_call(&null(), &task, &over, &shots(1));
    assert_eq!(end(&mut bench), WaitEnd::Unavailable(Reason::TooFewScreenshots));
    assert_eq!((bench.count(Call::Gif), bench.count(Call::Screenshots)), (2, 2));
}

#[test]
fn an_empty_list_says_nothing_in_the_first_minutes_after_a_task() {
    let over = ok("\"finished\"");
    // The task ended two minutes before the wait, or at a time that nobody tells, or that is in the future.
    for (finished_at, at_least_ms) in
        [("2026-03-02T08:58:00Z", 60_000), ("", 180_000), ("2026-03-02T19:00:00Z", 180_000)]
    {
        let task = task("finished", finished_at);
        let mut bench = Bench::by_call(&null(), &task, &over, &shots(0));
        assert_eq!(end(&mut bench), WaitEnd::Unavailable(Reason::TooFewScreenshots), "{finished_at}");
        let waited_ms = bench.now_ms - START_MS;
        assert!(waited_ms >= at_least_ms && waited_ms < at_least_ms + 90_000, "{finished_at}: {waited_ms}");

        // Whoever asks once, or has no time to wait, learns no reason that may be wrong.
        for timeout_ms in [0, 20_000] {
            let mut wait = Wait::new(WaitOptions { timeout_ms, ..WaitOptions::default() });
            let mut bench = Bench::by_call(&null(), &task, &over, &shots(0));
            assert_eq!(bench.wait(&mut wait), Ok(WaitEnd::Unavailable(Reason::Timeout)), "{finished_at}");
        }
    }
    let mut listed = 0;
    let (task, over) = finished();
    let mut bench = Bench::with(move |asked| match asked {
        Asked::Api(Call::Gif) if listed > 3 => gif_at(URL),
        Asked::Api(Call::Gif) => null(),
        Asked::Api(Call::Screenshots) => {
            listed += 1;
            shots(if listed > 3 { 5 } else { 0 })
        }
        Asked::Api(Call::Task) => task.clone(),
        _ => over.clone(),
    });
    assert_eq!(end(&mut bench), WaitEnd::Ready(URL.to_owned()));
}

fn old_task(steps: usize) -> Reply {
    let steps = vec!["{}"; steps].join(",");
    ok(&format!("{{\"status\": \"finished\", \"finished_at\": \"2026-01-30T08:00:00Z\", \"steps\": [{steps}]}}"))
}

#[test]
fn a_gif_has_expired_when_an_old_task_has_lost_its_screenshots() {
    let over = ok("\"finished\"");
    for gone in [shots(0), status(404)] {
        let mut bench = Bench::by_call(&null(), &old_task(5), &over, &gone);
        assert_eq!(end(&mut bench), WaitEnd::Unavailable(Reason::Expired));
        assert_eq!(bench.count(Call::Gif), 1);
    }
    // 29 days: not yet.
    let young = task("finished", "2026-02-01T09:00:00");
    let mut bench = Bench::by_call(&null(), &young, &over, &shots(5));
    assert_eq!(end(&mut bench), WaitEnd::Unavailable(Reason::Timeout));
}

#[test]
fn a_date_alone_does_not_make_a_gif_expired() {
    let over = ok("\"finished\"");
    for (steps, count) in [(0, 0), (1, 0), (1, 1), (5, 1)] {
        let mut bench = Bench::by_call(&null(), &old_task(steps), &over, &shots(count));
        assert_eq!(end(&mut bench), WaitEnd::Unavailable(Reason::TooFewScreenshots), "{steps} steps, {count} shots");
    }
    // Its screenshots are all there: the GIF may still come.
    let mut bench = Bench::by_call(&null(), &old_task(5), &over, &shots(5));
    assert_eq!(end(&mut bench), WaitEnd::Unavailable(Reason::Timeout));
}

#[test]
fn a_gif_that_does_not_appear_in_time_is_a_timeout() {
    let (task, over) = finished();
    for state in ["finished", "failed", "stopped"] {
        let mut bench = Bench::by_call(&null(), &task, &over, &shots(2));
        assert_eq!(end(&mut bench), WaitEnd::Unavailable(Reason::Timeout), "{state}");
        assert!(bench.now_ms - START_MS >= 600_000);
        // What is known for good is asked once.
        let counts = [Call::Status, Call::Task, Call::Screenshots].map(|call| bench.count(call));
        assert_eq!(counts, [1, 1, 1]);
    }
}

#[test]
fn a_404_from_gif_is_no_proof_that_there_is_no_task() {
    // Issue 1319 of browser-use: /gif and /screenshots answer 404 for a task that exists.
    let (task, over) = finished();
    let mut bench = Bench::by_call(&status(404), &task, &over, &status(404));
    assert_eq!(end(&mut bench), WaitEnd::Unavailable(Reason::Timeout));
    assert_eq!(bench.count(Call::Screenshots), 1);

    let mut bench = Bench::by_call(&status(404), &task, &over, &shots(1));
    assert_eq!(end(&mut bench), WaitEnd::Unavailable(Reason::TooFewScreenshots));

    let mut bench = Bench::by_call(&status(404), &ok("{\"status\": \"running\"}"), &over, &shots(1));
    assert_eq!(end(&mut bench), WaitEnd::Unavailable(Reason::NotFinished));
}

#[test]
fn no_task_at_all_is_not_found_at_once() {
    let mut bench = Bench::new(&[status(404)]);
    assert_eq!(end(&mut bench), WaitEnd::Unavailable(Reason::NotFound));
    assert_eq!(bench.asked, [Asked::Api(Call::Gif), Asked::Api(Call::Task)]);
}

#[test]
fn a_task_known_to_be_new_gets_three_retries_in_ten_seconds() {
    let options = WaitOptions { new_task: true, ..WaitOptions::default() };
    let mut bench = Bench::new(&[status(404)]);
    let ended = bench.wait(&mut Wait::new(options.clone()));
    assert_eq!(ended, Ok(WaitEnd::Unavailable(Reason::NotFound)));
    assert_eq!(bench.count(Call::Gif), 4);
    assert!(bench.now_ms - START_MS <= 10_500, "{}", bench.now_ms - START_MS);

    let mut bench = Bench::new(&[status(404), status(404), gif_at(URL)]);
    assert_eq!(bench.wait(&mut Wait::new(options)), Ok(WaitEnd::Ready(URL.to_owned())));
}

#[test]
fn a_gif_that_is_gone_has_expired() {
    assert_eq!(end(&mut Bench::new(&[status(410)])), WaitEnd::Unavailable(Reason::Expired));
}

#[test]
fn not_ready_answers_are_polled_on() {
    for number in [409, 425] {
        let mut bench = Bench::by_call(&status(number), &status(404), &ok("\"running\""), &status(404));
        assert_eq!(end(&mut bench), WaitEnd::Unavailable(Reason::NotFinished));
    }
}

#[test]
fn refusals_stop_the_wait() {
    for (number, code) in
        [(400, "BAD_REQUEST"), (401, "UNAUTHORIZED"), (402, "PAYMENT_REQUIRED"), (403, "FORBIDDEN"), (501, "HTTP_501")]
    {
        let error = Bench::new(&[status(number)]).wait(&mut Wait::new(WaitOptions::default())).unwrap_err();
        assert_eq!(error.code(), code);
    }
}

#[test]
fn a_backend_that_answers_gif_alone_is_enough() {
    let refused = status(403);
    let mut bench = Bench::by_call(&null(), &refused, &refused, &refused);
    assert_eq!(end(&mut bench), WaitEnd::Unavailable(Reason::Timeout));
    // Calls that are refused are not made again.
    assert_eq!((bench.count(Call::Status), bench.count(Call::Task), bench.count(Call::Screenshots)), (1, 1, 0));
}

#[test]
fn a_single_ask_names_the_reason() {
    let (task, over) = finished();
    let once = || Wait::new(WaitOptions { timeout_ms: 0, ..WaitOptions::default() });
    let mut bench = Bench::by_call(&null(), &task, &over, &shots(1));
    assert_eq!(bench.wait(&mut once()), Ok(WaitEnd::Unavailable(Reason::TooFewScreenshots)));
    assert_eq!(bench.asked.len(), 4);
    // It has the retries of any other call.
    let mut bench = Bench::new(&[status(503), status(503), gif_at(URL)]);
    assert_eq!(bench.wait(&mut once()), Ok(WaitEnd::Ready(URL.to_owned())));
}

#[test]
fn the_wait_does_not_outlast_its_timeout() {
    let options = WaitOptions { timeout_ms: 20_000, ..WaitOptions::default() };
    let mut bench = Bench::by_call(&null(), &status(404), &ok("\"running\""), &status(404));
    assert_eq!(bench.wait(&mut Wait::new(options.clone())), Ok(WaitEnd::Unavailable(Reason::NotFinished)));
    assert!(bench.now_ms - START_MS < 20_500);

    // A retry that cannot come in time is not waited for.
    let mut bench = Bench::new(&[Reply::Later(429, "60")]);
    assert_eq!(bench.wait(&mut Wait::new(options)).unwrap_err().code(), "RATE_LIMITED");
    assert_eq!(bench.asked.len(), 1);
}

#[test]
fn a_call_for_the_reason_that_is_rate_limited_holds_the_next_poll_back() {
    let mut bench = Bench::by_call(&null(), &null(), &Reply::Later(429, "50"), &null());
    end(&mut bench);
    assert!(bench.pauses[..5].iter().all(|pause| *pause >= 50_000), "{:?}", bench.pauses);
}

#[test]
fn time_spent_hidden_does_not_count() {
    use task_gif::client::{Action, ApiResponse, Event};
    let policy = Bench::new(&[null()]).policy;
    let mut wait = Wait::new(WaitOptions { timeout_ms: 10_000, ..WaitOptions::default() });
    let mut now = START_MS;
    assert_eq!(wait.on(&Event::Start, now, &policy), Action::Send(Call::Gif));
    let answer = |body: &'static [u8]| Event::Answer(ApiResponse { status: 200, body, ..ApiResponse::default() });
    wait.on(&answer(b"{\"gif\": null}"), now, &policy);
    let Action::Wait { between_polls: true, .. } = wait.on(&answer(b"\"running\""), now, &policy) else {
        panic!("no pause")
    };
    now += 3_600_000;
    assert_eq!(wait.on(&Event::Waited { paused_ms: 3_599_000 }, now, &policy), Action::Send(Call::Gif));
    wait.on(&answer(b"{\"gif\": null}"), now, &policy);
    let next = wait.on(&answer(b"\"running\""), now, &policy);
    assert!(matches!(next, Action::Wait { .. }), "{next:?}");
}

#[test]
fn pauses_keep_to_the_schedule() {
    let mut bench = Bench::by_call(&null(), &status(404), &ok("\"running\""), &status(404));
    end(&mut bench);
    let mut bound = 2_000;
    for pause in &bench.pauses {
        assert!(*pause <= bound, "{pause} of {bound}");
        bound = (bound * 8 / 5).min(30_000);
    }
    assert!(bench.pauses.len() > 20 && (bench.asked.len() as u64) < Wait::max_requests(600_000));
}

#[test]
fn a_lost_connection_stops_after_five_retries() {
    let mut bench = Bench::new(&[Reply::Fault(Fault::TimedOut)]);
    let error = bench.wait(&mut Wait::new(WaitOptions::default())).unwrap_err();
    assert_eq!((error.code().as_ref(), bench.asked.len()), ("NETWORK", 6));
}
