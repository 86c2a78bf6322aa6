use super::*;

/// Two frames of 2x1 with a global table, delays 7 and 0 cs, a comment in between.
const SMALL: &[u8] = b"GIF89a\x02\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff\
    \x21\xf9\x04\x04\x07\x00\x00\x00\x2c\x00\x00\x00\x00\x02\x00\x01\x00\x00\x02\x02\x44\x0a\x00\
    \x21\xfe\x02hi\x00\
    \x21\xf9\x04\x0d\x00\x00\x03\x00\x2c\x01\x00\x00\x00\x01\x00\x01\x00\xc0\x00\x00\x00\xff\xff\xff\x02\x02\x44\x01\x00\x3b";

/// All parts of a GIF that arrives in `pieces`, and how far it was read.
fn parts(pieces: &[&[u8]]) -> Result<(Vec<GifPart>, GifProgress), BadStructure> {
    let mut parser = GifParser::default();
    let mut parts = Vec::new();
    for mut piece in pieces.iter().copied() {
        while let Some(part) = parser.next(&mut piece)? {
            parts.push(part);
        }
    }
    Ok((parts, parser.progress()))
}

fn edited(at: usize, byte: u8) -> Vec<u8> {
    let mut bytes = SMALL.to_vec();
    bytes[at] = byte;
    bytes
}

#[test]
fn every_part_has_its_place() {
    let (parts, progress) = parts(&[SMALL]).unwrap();
    let [screen, first, comment, second, trailer] = &parts[..] else { panic!("{parts:?}") };
    assert_eq!(*screen, GifPart::Screen { is_87a: false, width: 2, height: 1, table: 13..19 });
    let GifPart::Image(first) = first else { panic!("{first:?}") };
    assert_eq!((first.start, first.control.delay_cs, first.control.disposal), (19, 7, 1));
    assert_eq!((&first.table, &first.data, first.is_interlaced), (&(37..37), &(37..42), false));
    assert_eq!(*comment, GifPart::Extension { label: 0xfe, blocks: 44..48 });
    let GifPart::Image(second) = second else { panic!("{second:?}") };
    assert_eq!((second.control.disposal, second.control.transparent), (3, Some(3)));
    assert_eq!((second.left, second.width, second.is_interlaced), (1, 1, true));
    assert_eq!((second.start, &second.table, &second.data), (48, &(66..72), &(72..77)));
    assert_eq!((trailer, progress), (&GifPart::Trailer, GifProgress::Whole));
}

#[test]
fn the_size_of_the_pieces_does_not_matter() {
    let whole = parts(&[SMALL]).unwrap();
    for size in 1..SMALL.len() {
        let pieces: Vec<&[u8]> = SMALL.chunks(size).collect();
        assert_eq!(parts(&pieces).as_ref(), Ok(&whole), "{size}");
    }
}

#[test]
fn every_cut_is_noticed() {
    for end in 0..SMALL.len() {
        let expected = match end {
            ..13 => GifProgress::InHeader,
            19 | 27 | 42 | 48 | 56 | 77 => GifProgress::BetweenBlocks,
            _ => GifProgress::InBlock,
        };
        assert_eq!(parts(&[&SMALL[..end]]).unwrap().1, expected, "{end}");
    }
}

#[test]
fn bytes_that_cannot_be_part_of_a_gif_are_named_with_their_place() {
    let found = |bytes: &[u8]| parts(&[bytes]).map(|_| ()).unwrap_err();
    let bad = |found, at| BadStructure { found, at };
    for other in [b"\x89PNG".as_slice(), b"GIF88a", b"gif89a", b"{\"a\""] {
        assert_eq!(found(other), bad("other bytes", 0));
    }
    assert_eq!(found(b"\n <html>"), bad("HTML or XML", 0));
    assert_eq!(found(&edited(6, 0)), bad("a screen without an area", 6));
    assert_eq!(found(&edited(42, 0)), bad("a block of no known kind", 42));
    assert_eq!(found(&edited(37, 9)), bad("an impossible code size", 37));
}

#[test]
fn a_control_extension_counts_for_the_next_image_by_its_first_sub_block() {
    let with = |control: &[u8]| {
        let bytes = [&SMALL[..19], b"\x21\xf9", control, b"\0", &SMALL[27..]].concat();
        let (parts, _) = parts(&[&bytes]).unwrap();
        let image = parts.iter().find_map(|part| if let GifPart::Image(image) = part { Some(image) } else { None });
        (image.unwrap().control.delay_cs, parts.contains(&GifPart::ShortControl))
    };
    assert_eq!(with(b"\x04\x00\x09\x00\x00"), (9, false));
    assert_eq!(with(b"\x06\x00\x09\x01\x00\xff\xff\x01\x05"), (0x0109, false));
    assert_eq!(with(b"\x02\x00\x09\x02\x00\x00"), (0, true));
    assert_eq!(with(b""), (0, true));
}

#[test]
fn nothing_is_read_behind_the_trailer() {
    let mut parser = GifParser::default();
    let bytes = [SMALL, b"\x2cmore"].concat();
    let mut rest = &bytes[..];
    while parser.next(&mut rest).unwrap().is_some() {}
    assert_eq!((rest, parser.position()), (&b"\x2cmore"[..], SMALL.len()));
}
