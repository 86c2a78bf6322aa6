//! The plain calls against every row of the status table.

use crate::bench::{Asked, Bench, Reply, gif_at, ok, status};
use task_gif::client::{Call, Fault, SingleCallFound};

const URL: &str = "https://media.example.com/gifs/task_1/execution.gif";

fn code(bench: &mut Bench, call: Call) -> String {
    bench.lookup(call).unwrap_err().code().into_owned()
}

#[test]
fn row_200_with_an_address() {
    let mut bench = Bench::new(&[gif_at(URL)]);
    assert_eq!(bench.lookup(Call::Gif), Ok(SingleCallFound::Gif(Some(URL.to_owned()))));
    assert_eq!(bench.asked, [Asked::Api(Call::Gif)]);
}

#[test]
fn row_200_with_null() {
    assert_eq!(Bench::new(&[ok("{\"gif\": null}")]).lookup(Call::Gif), Ok(SingleCallFound::Gif(None)));
}

#[test]
fn row_200_with_another_shape() {
    for body in ["{}", "[]", "<!doctype html>", "{\"gif\": 1}"] {
        let mut bench = Bench::new(&[ok(body)]);
        assert_eq!(code(&mut bench, Call::Gif), "BAD_RESPONSE", "{body}");
        assert_eq!(bench.asked.len(), 1);
    }
}

#[test]
fn an_address_that_would_harm_a_page_is_not_handed_on() {
    for url in
        ["javascript:alert(1)", "data:image/gif;base64,R0lG", "http://media.example.com/a.gif", "https://a@b.com/a.gif"]
    {
        assert_eq!(code(&mut Bench::new(&[gif_at(url)]), Call::Gif), "MEDIA_URL", "{url}");
    }
}

#[test]
fn rows_that_stop_at_once() {
    let table = [
        (400, "BAD_REQUEST"),
        (422, "BAD_REQUEST"),
        (402, "PAYMENT_REQUIRED"),
        (403, "FORBIDDEN"),
        (410, "EXPIRED"),
        (501, "HTTP_501"),
        (405, "HTTP_405"),
        (418, "HTTP_418"),
        (451, "HTTP_451"),
        (302, "REDIRECT"),
        (0, "REDIRECT"),
        (204, "HTTP_204"),
    ];
    for (number, expected) in table {
        for call in [Call::Gif, Call::Task, Call::Status, Call::Screenshots] {
            let mut bench = Bench::new(&[status(number)]);
            assert_eq!(code(&mut bench, call), expected, "{number}");
            assert_eq!(bench.asked.len(), 1, "{number}");
        }
    }
}

#[test]
fn row_401_gets_a_token_once_more_and_then_stops() {
    let mut bench = Bench::new(&[status(401), gif_at(URL)]);
    assert!(bench.lookup(Call::Gif).is_ok());
    assert_eq!(bench.renewals, 1);

    let mut bench = Bench::new(&[status(401)]);
    assert_eq!(code(&mut bench, Call::Gif), "UNAUTHORIZED");
    assert_eq!((bench.asked.len(), bench.renewals), (2, 1));
}

#[test]
fn row_401_without_a_source_of_tokens_stops_at_once_with_the_server_s_words() {
    let mut bench = Bench::new(&[status(401)]);
    bench.tokens = false;
    let error = bench.lookup(Call::Task).unwrap_err();
    assert_eq!(error.code(), "UNAUTHORIZED");
    assert!(error.to_string().contains("as the server says"), "{error}");
    assert_eq!(bench.asked.len(), 1);
}

#[test]
fn row_404_is_believed_only_when_the_task_is_missing_too() {
    let mut bench = Bench::new(&[status(404)]);
    assert_eq!(code(&mut bench, Call::Gif), "NOT_FOUND");
    assert_eq!(bench.asked, [Asked::Api(Call::Gif), Asked::Api(Call::Task)]);

    let mut bench = Bench::new(&[status(404), ok("{\"status\": \"finished\"}")]);
    assert_eq!(bench.lookup(Call::Gif), Ok(SingleCallFound::Gif(None)));

    let mut bench = Bench::new(&[status(404), ok("{\"status\": \"finished\"}")]);
    assert_eq!(bench.lookup(Call::Screenshots), Ok(SingleCallFound::Screenshots(Vec::new())));

    for call in [Call::Task, Call::Status] {
        let mut bench = Bench::new(&[status(404)]);
        assert_eq!(code(&mut bench, call), "NOT_FOUND");
        assert_eq!(bench.asked.len(), 1);
    }
}

#[test]
fn rows_409_and_425_are_as_not_ready() {
    for number in [409, 425] {
        assert_eq!(Bench::new(&[status(number)]).lookup(Call::Gif), Ok(SingleCallFound::Gif(None)), "{number}");
    }
}

#[test]
fn rows_that_are_tried_five_times_more() {
    let table =
        [(408, "SERVER"), (429, "RATE_LIMITED"), (500, "SERVER"), (502, "SERVER"), (503, "SERVER"), (504, "SERVER")];
    for (number, expected) in table {
        let mut bench = Bench::new(&[status(number)]);
        assert_eq!(code(&mut bench, Call::Gif), expected, "{number}");
        assert_eq!((bench.asked.len(), bench.waits.len()), (6, 5), "{number}");
        let mut bench = Bench::new(&[status(number), status(number), gif_at(URL)]);
        assert!(bench.lookup(Call::Gif).is_ok(), "{number}");
    }
}

#[test]
fn row_network_is_tried_five_times_more() {
    for fault in [Fault::Broken, Fault::TimedOut, Fault::Stalled] {
        let mut bench = Bench::new(&[Reply::Fault(fault)]);
        assert_eq!(code(&mut bench, Call::Status), "NETWORK");
        assert_eq!(bench.asked.len(), 6);
    }
}

#[test]
fn retry_after_is_obeyed_in_seconds_and_as_a_date_up_to_two_minutes() {
    // The bench's clock stands at 09:00:00.050 when the first answer arrives.
    let table = [
        ("7", 7_000),
        ("900", 120_000),
        ("Mon, 02 Mar 2026 09:00:10 GMT", 9_950),
        ("Mon, 02 Mar 2026 10:00:00 GMT", 120_000),
    ];
    for (value, expected) in table {
        let mut bench = Bench::new(&[Reply::Later(429, value), gif_at(URL)]);
        assert!(bench.lookup(Call::Gif).is_ok());
        assert_eq!(bench.waits, [expected], "{value}");
    }
}

#[test]
fn the_neighbouring_calls_are_read() {
    assert_eq!(Bench::new(&[ok("\"paused\"")]).lookup(Call::Status), Ok(SingleCallFound::Status("paused".to_owned())));
    let list = ok("{\"screenshots\": [\"https://a.com/step_1.png\"]}");
    let expected = SingleCallFound::Screenshots(vec!["https://a.com/step_1.png".to_owned()]);
    assert_eq!(Bench::new(&[list]).lookup(Call::Screenshots), Ok(expected));
    let found = Bench::new(&[ok("{\"status\": \"running\"}")]).lookup(Call::Task);
    assert!(matches!(found, Ok(SingleCallFound::Task(facts)) if facts.status == "running"));
}
