use proptest::prelude::*;

use super::*;

fn size(width: u32, height: u32) -> Size {
    Size::new(width, height).unwrap()
}

fn map(changes: &[(usize, usize, u32)]) -> BusyMap {
    let mut busy = BusyMap::empty(size(1280, 720));
    for &(left, top, pixels) in changes {
        busy.add(left, top, pixels);
    }
    busy
}

fn changed(busy: &BusyMap) -> CameraStep<'_> {
    CameraStep { busy: Some(busy), click: None }
}

fn clicked(busy: &BusyMap, left: i64, top: i64) -> CameraStep<'_> {
    CameraStep { busy: Some(busy), click: Some(Point { left, top }) }
}

const PLACES: [&str; 3] = ["a card", "nothing changed", "all of the page changed"];

#[test]
fn the_camera_goes_to_the_click_and_stays_while_it_shows_the_place() {
    let nothing = map(&[]);
    let steps = [clicked(&nothing, 900, 300), clicked(&nothing, 910, 310), clicked(&nothing, 20, 700)];
    let views = follow(&steps, size(400, 225));
    let close: Vec<Rect> = views.iter().filter_map(|view| view.close).collect();
    assert!(close[0].left() < 800 && close[0].left() + 400 > 1000 && close[0].top() < 300);
    assert_eq!(views[1], View { whole: false, close: views[0].close });
    assert_eq!((views[2].whole, close[2].left(), close[2].top() + 225), (true, 0, 720));
}

#[test]
fn without_a_click_it_goes_to_where_most_of_the_detail_changed() {
    let there = map(&[(1000, 600, 500), (1040, 620, 300), (30, 30, 100)]);
    let view = follow(&[changed(&there)], size(400, 225))[0];
    let rect = view.close.unwrap();
    assert!(view.whole && rect.left() <= 960 && rect.top() <= 580 && rect.left() + 400 >= 1080);
}

#[test]
fn it_stays_where_it_is_when_nothing_changes_and_shows_all_where_all_is_new() {
    let (there, nothing) = (map(&[(1000, 600, 500)]), map(&[]));
    let corners: Vec<(usize, usize, u32)> = (0..64).map(|at| (at % 8 * 160, at / 8 * 90, 100)).collect();
    let everywhere = map(&corners);
    let card = CameraStep { busy: None, click: None };
    for (what, last) in PLACES.into_iter().zip([card, changed(&nothing), changed(&everywhere)]) {
        let views = follow(&[changed(&there), last], size(400, 225));
        let stays = what == "nothing changed";
        assert_eq!(views[1], View { whole: !stays, close: views[0].close.filter(|_| stays) }, "{what}");
    }
    assert_eq!(follow(&[changed(&nothing)], size(400, 225)), [View { whole: true, close: None }]);
}

#[test]
fn a_page_that_is_shown_in_its_own_pixels_has_no_close_up() {
    let there = map(&[(1000, 600, 500)]);
    assert_eq!(follow(&[clicked(&there, 3, 3)], size(1280, 720)), [View { whole: true, close: None }]);
    let low = follow(&[clicked(&there, 3, 3)], size(1280, 200))[0].close.unwrap();
    assert_eq!((low.width(), low.height()), (1280, 200));
}

proptest! {
    #[test]
    fn what_is_shown_lies_on_the_page_in_its_own_pixels_and_holds_the_click(
        page in (1_u32..3000, 1_u32..3000), content in (1_u32..1500, 1_u32..1500),
        clicks in proptest::collection::vec((-50_i64..3100, -50_i64..3100), 1..8),
    ) {
        let (source, content) = (size(page.0, page.1), size(content.0, content.1));
        let busy = BusyMap::empty(source);
        let steps: Vec<CameraStep> = clicks.iter().map(|&(left, top)| clicked(&busy, left, top)).collect();
        let views = follow(&steps, content);
        for (view, &(x, y)) in views.iter().zip(&clicks) {
            let Some(rect) = view.close else {
                prop_assert!(view.whole && source.width() <= content.width() && source.height() <= content.height());
                continue;
            };
            prop_assert!(Rect::new(rect.left(), rect.top(), rect.width(), rect.height(), source).is_some());
            prop_assert!(rect.width() <= content.width() && rect.height() <= content.height());
            let (x, y) = (x.clamp(0, source.width() as i64 - 1) as usize, y.clamp(0, source.height() as i64 - 1) as usize);
            prop_assert!((rect.left()..rect.left() + rect.width()).contains(&x));
            prop_assert!((rect.top()..rect.top() + rect.height()).contains(&y));
        }
        for pair in views.windows(2) {
            prop_assert!(pair[1].whole == (pair[0].close != pair[1].close) || pair[1].close.is_none());
        }
    }

    #[test]
    fn no_place_has_more_of_the_change_than_what_is_shown(
        changes in proptest::collection::vec((0_usize..1280, 0_usize..720, 1_u32..500), 1..20),
        left in 0_usize..18, top in 0_usize..18,
    ) {
        let busy = map(&changes);
        let view = follow(&[changed(&busy)], size(400, 225))[0];
        let Some(rect) = view.close else { return Ok(()) };
        let other = Rect::new((left * 50).min(880), (top * 28).min(495), 400, 225, size(1280, 720)).unwrap();
        prop_assert!(busy.within(rect) >= busy.within(other) && busy.within(rect) * 100 >= busy.total() * GATHERED);
    }
}
