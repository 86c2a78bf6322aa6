use super::{FrameDisposal, Oddity, Player, check_codes, read};
use crate::model::gif_options::Repeat;
use crate::model::limits::Limits;

/// Two frames of 2x1 with a global table, delays 7 and 0 cs, a comment in between.
const SMALL: &[u8] = b"GIF89a\x02\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff\
    \x21\xf9\x04\x04\x07\x00\x00\x00\x2c\x00\x00\x00\x00\x02\x00\x01\x00\x00\x02\x02\x44\x0a\x00\
    \x21\xfe\x02hi\x00\
    \x21\xf9\x04\x0c\x00\x00\x00\x00\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x80\x00\x00\x00\xff\xff\xff\x02\x02\x44\x01\x00\x3b";
const FIRST_END: usize = 42;

fn codes_of(bytes: &[u8]) -> Vec<&'static str> {
    let mut file = read(bytes, &Limits::default()).unwrap();
    check_codes(bytes, &mut file);
    file.warnings.iter().map(|warning| warning.oddity.code()).collect()
}

fn edited(edits: &[(usize, u8)]) -> Vec<u8> {
    let mut bytes = SMALL.to_vec();
    for &(at, byte) in edits {
        bytes[at] = byte;
    }
    bytes
}

#[test]
fn the_structure_is_read() {
    let file = read(SMALL, &Limits::default()).unwrap();
    assert_eq!((file.screen.width(), file.screen.height(), file.repeat), (2, 1, Repeat::Plays(1)));
    assert_eq!(file.global.len(), 6);
    let [first, second] = &file.frames[..] else { panic!("{:?}", file.frames) };
    assert_eq!((first.delay_cs, first.played_ms(), first.disposal), (7, 70, FrameDisposal::Keep));
    assert_eq!((second.delay_cs, second.played_ms(), second.disposal), (0, 100, FrameDisposal::Previous));
    assert_eq!((first.has_own_table, second.has_own_table, second.colors()), (false, true, 2));
    assert_eq!((first.bytes, file.duration_ms()), (23, 170));
}

#[test]
fn every_cut_is_an_error_or_is_told() {
    for end in 0..SMALL.len() {
        match read(&SMALL[..end], &Limits::default()) {
            Ok(file) => {
                assert!(end >= FIRST_END, "{end}");
                let told = file.warnings.iter().any(|w| matches!(w.oddity, Oddity::NoTrailer | Oddity::Damaged { .. }));
                assert!(told, "{end}: {:?}", file.warnings);
            }
            Err(error) => {
                assert!(end < FIRST_END, "{end}");
                assert_eq!(error.code(), "BAD_GIF");
            }
        }
    }
}

#[test]
fn other_files_are_refused_and_named() {
    let text = |bytes: &[u8]| read(bytes, &Limits::default()).unwrap_err().to_string();
    let rest = "at byte 0; make or download the file again";
    assert_eq!(text(b""), format!("expected a whole GIF, found other bytes {rest}"));
    assert_eq!(text(b"\n <html>"), format!("expected a whole GIF, found HTML or XML {rest}"));
    assert_eq!(text(b"\x89PNG\r\n\x1a\n"), format!("expected a whole GIF, found other bytes {rest}"));
}

#[test]
fn a_screen_beyond_the_limits_is_refused_by_its_header() {
    let error = read(b"GIF89a\xff\xff\xff\xff\x00\x00\x00", &Limits::default()).unwrap_err();
    assert_eq!(error.code(), "LIMIT_EXCEEDED");
}

#[test]
fn a_frame_beyond_the_limits_is_not_read() {
    let bytes = edited(&[(32, 0xff), (33, 0xff), (34, 0xff), (35, 0xff)]);
    assert_eq!(read(&bytes, &Limits::default()).unwrap_err().code(), "LIMIT_EXCEEDED");
}

#[test]
fn loops_are_counted_as_browsers_do() {
    let with = |name: &[u8], count: u8| {
        let extension = [b"\x21\xff\x0b", name, b"\x03\x01", &[count], b"\x00\x00"].concat();
        let bytes = [&SMALL[..19], &extension, &SMALL[19..]].concat();
        read(&bytes, &Limits::default()).unwrap().repeat
    };
    assert_eq!(with(b"NETSCAPE2.0", 0), Repeat::Infinite);
    assert_eq!(with(b"NETSCAPE2.0", 3), Repeat::Plays(4));
    assert_eq!(with(b"ANIMEXTS1.0", 1), Repeat::Plays(2));
    assert_eq!(with(b"SOMETHING00", 1), Repeat::Plays(1));
}

#[test]
fn embedded_steps_are_put_together_from_their_blocks() {
    let extension = b"\x21\xff\x0bTASK-GIF1.0\x05{\"ste\x07ps\":[]}\x00";
    let bytes = [&SMALL[..SMALL.len() - 1], extension, b"\x3b"].concat();
    assert_eq!(read(&bytes, &Limits::default()).unwrap().steps.as_deref(), Some(&b"{\"steps\":[]}"[..]));
}

#[test]
fn oddities_are_told() {
    assert_eq!(codes_of(SMALL), ["SHORT_DELAY"]);
    assert_eq!(codes_of(&[SMALL, b"??"].concat()), ["SHORT_DELAY", "BYTES_BEHIND_TRAILER"]);
    // The first frame two pixels farther right, wider than its codes, disposed to background, and of 1987.
    assert_eq!(codes_of(&edited(&[(28, 2)])), ["OUTSIDE_SCREEN", "SHORT_DELAY"]);
    assert_eq!(codes_of(&edited(&[(34, 2)])), ["OUTSIDE_SCREEN", "SHORT_DELAY", "MISSING_PIXELS"]);
    assert_eq!(codes_of(&edited(&[(22, 0x08)])), ["BACKGROUND_DISPOSAL", "SHORT_DELAY"]);
    assert_eq!(codes_of(&edited(&[(22, 0x10)])), ["FIRST_TO_PREVIOUS", "UNKNOWN_DISPOSAL", "SHORT_DELAY"]);
    assert_eq!(codes_of(&edited(&[(36, 0x40)])), ["INTERLACED_ROW", "SHORT_DELAY"]);
    assert_eq!(codes_of(&edited(&[(4, b'7')])), ["OLD_VERSION", "SHORT_DELAY"]);
}

#[test]
fn frames_are_composed_and_disposed() {
    let mut player = Player::new(SMALL.to_vec(), &Limits::default(), 1 << 20).unwrap();
    let mut show = |index| {
        assert!(player.seek(index, usize::MAX).unwrap());
        player.pixels().chunks_exact(4).map(|pixel| pixel[0]).collect::<Vec<_>>()
    };
    let (first, second) = (show(0), show(1));
    assert_eq!(first, [0, 255]);
    assert_eq!(second, [0, 255]);
    assert_eq!(show(0), first);
    let error = player.seek(2, 9).unwrap_err();
    assert_eq!(error.to_string(), "option frame: expected a frame below 2, found 2");
}
