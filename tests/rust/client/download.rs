//! Downloads: what is asked, what is refused, and what is checked of the bytes.

use crate::bench::{Asked, Bench, Reply, file, file_status, gif_at, ok, status};
use task_gif::client::{Call, ClientError, Download, Fault, GifFacts, Wait, WaitOptions, Wanted};

pub(crate) const URL: &str = "https://media.example.com/gifs/task_1/execution.gif";
pub(crate) const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff\
    \x21\xf9\x04\x04\x0a\x00\x00\x00\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00\x3b";

fn gif(bench: &mut Bench, max_bytes: u64) -> Result<Option<GifFacts>, ClientError> {
    let wanted = Wanted::Gif(WaitOptions { timeout_ms: 0, ..WaitOptions::default() });
    let job = Download::new(wanted, &bench.policy, max_bytes, false, 1).unwrap();
    bench.download(job)
}

fn code(replies: &[Reply]) -> String {
    gif(&mut Bench::new(replies), 1_000).unwrap_err().code().into_owned()
}

fn in_pieces(length: Option<u64>, pieces: &[&[u8]], fault: Option<Fault>) -> Reply {
    let pieces = pieces.iter().map(|piece| piece.to_vec()).collect();
    Reply::File { status: 200, kind: "image/gif; charset=binary", location: None, length, pieces, fault }
}

#[test]
fn a_gif_is_fetched_and_measured() {
    for kind in ["image/gif", "application/octet-stream", "binary/octet-stream", "IMAGE/GIF"] {
        let facts = gif(&mut Bench::new(&[gif_at(URL), file(kind, GIF)]), 1_000).unwrap().unwrap();
        assert_eq!((facts.width, facts.height, facts.delays_ms.as_slice()), (1, 1, [100].as_slice()));
    }
}

#[test]
fn wrong_types_and_wrong_bytes_are_refused() {
    for kind in ["text/html", "image/png", "application/json", ""] {
        assert_eq!(code(&[gif_at(URL), file(kind, GIF)]), "BAD_MEDIA", "{kind}");
    }
    for bytes in [b"<html></html>".as_slice(), b"", b"GIF89a", &GIF[..GIF.len() - 1]] {
        assert_eq!(code(&[gif_at(URL), file("image/gif", bytes)]), "BAD_MEDIA");
    }
}

#[test]
fn too_many_bytes_are_refused_by_header_and_while_they_arrive() {
    assert_eq!(code(&[gif_at(URL), in_pieces(Some(1_001), &[GIF], None)]), "TOO_LARGE");
    // A comment that goes on and on.
    let piece = [&[0xff], [0; 255].as_slice()].concat();
    let pieces = [&GIF[..19], b"\x21\xfe", &piece, &piece, &piece, &piece];
    assert_eq!(code(&[gif_at(URL), in_pieces(None, &pieces, None)]), "TOO_LARGE");
}

#[test]
fn the_address_is_checked_before_it_is_asked() {
    for url in
        ["https://evil.com/a.gif", "http://media.example.com/a.gif", "javascript:alert(1)", "https://10.0.0.1/a.gif"]
    {
        let mut bench = Bench::new(&[gif_at(url)]);
        assert_eq!(gif(&mut bench, 1_000).unwrap_err().code(), "MEDIA_URL", "{url}");
        assert_eq!(bench.asked, [Asked::Api(Call::Gif)]);
    }
}

#[test]
fn redirects_are_followed_within_the_rules_only() {
    let hop = |to: &str| file_status(302, Some(to));
    let mut bench =
        Bench::new(&[gif_at(URL), hop("/b.gif"), hop("https://cdn.example.com/c.gif"), file("image/gif", GIF)]);
    assert!(gif(&mut bench, 1_000).is_ok());
    assert_eq!(bench.asked[2], Asked::File("https://media.example.com/b.gif".to_owned()));

    for to in [
        "https://evil.com/",
        "http://media.example.com/",
        "http://169.254.169.254/",
        "javascript:1",
        "//evil.com/a.gif",
    ] {
        let mut bench = Bench::new(&[gif_at(URL), hop(to)]);
        assert_eq!(gif(&mut bench, 1_000).unwrap_err().code(), "MEDIA_URL", "{to}");
        assert_eq!(bench.asked.len(), 2, "{to}");
    }
    let mut bench = Bench::new(&[gif_at(URL), hop("/again.gif")]);
    assert_eq!(gif(&mut bench, 1_000).unwrap_err().code(), "MEDIA_URL");
    assert_eq!(bench.asked.len(), 1 + 6);
    assert_eq!(code(&[gif_at(URL), file_status(302, None)]), "MEDIA_URL");
}

#[test]
fn an_address_that_has_run_out_is_asked_for_once_more() {
    let mut bench = Bench::new(&[gif_at(URL), file_status(403, None), gif_at(URL), file("image/gif", GIF)]);
    assert!(gif(&mut bench, 1_000).is_ok());
    assert_eq!(bench.count(Call::Gif), 2);

    let mut bench = Bench::with(|asked| match asked {
        Asked::Api(_) => gif_at(URL),
        Asked::File(_) => file_status(403, None),
    });
    assert_eq!(gif(&mut bench, 1_000).unwrap_err().code(), "EXPIRED");
    assert_eq!(bench.asked.len(), 4);
}

#[test]
fn a_file_that_is_gone_is_not_asked_for_again() {
    for number in [404, 410] {
        let mut bench = Bench::new(&[gif_at(URL), file_status(number, None)]);
        assert_eq!(gif(&mut bench, 1_000).unwrap_err().code(), "EXPIRED", "{number}");
        assert_eq!(bench.asked.len(), 2);
    }
    assert_eq!(code(&[gif_at(URL), file_status(501, None)]), "HTTP_501");
    assert_eq!(code(&[gif_at(URL), file_status(401, None)]), "HTTP_401");
}

#[test]
fn a_body_that_breaks_off_or_stalls_is_fetched_again_from_its_start() {
    for fault in [Fault::Broken, Fault::Stalled] {
        let cut = in_pieces(None, &[&GIF[..20]], Some(fault));
        let mut bench = Bench::new(&[gif_at(URL), cut.clone(), in_pieces(None, &[GIF], None)]);
        assert!(gif(&mut bench, 1_000).is_ok());
        let mut bench = Bench::new(&[gif_at(URL), cut]);
        assert_eq!(gif(&mut bench, 1_000).unwrap_err().code(), "NETWORK");
        assert_eq!(bench.asked.len(), 7);
    }
    // Fewer bytes than announced, with a tidy end.
    let short = in_pieces(Some(GIF.len() as u64), &[&GIF[..20]], None);
    assert!(gif(&mut Bench::new(&[gif_at(URL), short, in_pieces(None, &[GIF], None)]), 1_000).is_ok());
}

#[test]
fn media_hosts_in_trouble_are_tried_again_when_they_ask_for_it() {
    let mut bench = Bench::new(&[gif_at(URL), Reply::Later(503, "9"), file("image/gif", GIF)]);
    assert!(gif(&mut bench, 1_000).is_ok());
    assert_eq!(bench.waits, [9_000]);
    assert_eq!(code(&[gif_at(URL), file_status(429, None)]), "RATE_LIMITED");
    assert_eq!(code(&[gif_at(URL), file_status(500, None)]), "SERVER");
}

#[test]
fn a_host_that_answers_but_may_not_be_read_is_named() {
    let run = |reachable| {
        let mut bench = Bench::new(&[gif_at(URL), Reply::Fault(Fault::Broken)]);
        bench.reachable = reachable;
        let wanted = Wanted::Gif(WaitOptions { timeout_ms: 0, ..WaitOptions::default() });
        let job = Download::new(wanted, &bench.policy, 1_000, true, 1).unwrap();
        let error = bench.download(job).unwrap_err();
        (error.code().into_owned(), bench.probes)
    };
    assert_eq!(run(true), ("MEDIA_CORS".to_owned(), 2));
    assert_eq!(run(false), ("NETWORK".to_owned(), 6));
}

#[test]
fn a_gif_that_is_not_there_is_named_by_its_reason() {
    let null = ok("{\"gif\": null}");
    assert_eq!(code(&[null.clone(), ok("\"running\"")]), "NOT_READY");
    assert_eq!(code(&[status(404)]), "NOT_FOUND");
    assert_eq!(code(&[status(410)]), "EXPIRED");
}

#[test]
fn a_screenshot_s_fresh_address_comes_from_its_place_in_the_list() {
    let wanted = Wanted::Screenshot { index: 1, url: "https://media.example.com/old.png".to_owned() };
    let list = ok("{\"screenshots\": [\"https://media.example.com/0.png\", \"https://media.example.com/1.png\"]}");
    let mut bench = Bench::new(&[file_status(403, None), list, file("image/png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")]);
    let job = Download::new(wanted, &bench.policy, 1_000, false, 1).unwrap();
    assert_eq!(bench.download(job), Ok(None));
    assert_eq!(bench.asked[2], Asked::File("https://media.example.com/1.png".to_owned()));
}

#[test]
fn a_download_can_wait_for_its_gif() {
    let mut bench = Bench::new(&[ok("{\"gif\": null}"), ok("\"running\""), gif_at(URL), file("image/gif", GIF)]);
    let job = Download::new(Wanted::Gif(WaitOptions::default()), &bench.policy, 1_000, false, 1).unwrap();
    assert!(bench.download(job).is_ok());
    assert!(bench.now_ms > 0 && Wait::max_requests(0) == 100);
}
