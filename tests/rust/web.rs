//! The wasm surface in a browser: blobs in, GIF out, typed errors.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used)]

use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};
use js_sys::{Array, Object, Reflect, Uint8Array};
use task_gif::wasm::{assemble_gif, probe};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Blob;

wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn png(color: [u8; 3]) -> Vec<u8> {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(&color.repeat(6), 3, 2, ExtendedColorType::Rgb8).unwrap();
    bytes
}

fn blob(bytes: &[u8]) -> Blob {
    Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes))).unwrap()
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap()
}

fn options(entries: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in entries {
        Reflect::set(&object, &(*name).into(), value).unwrap();
    }
    object.into()
}

#[wasm_bindgen_test]
async fn blobs_become_a_gif_that_another_decoder_reads() {
    let blobs = Array::of3(&blob(&png([255, 0, 0])), &blob(&png([0, 0, 255])), &blob(&png([0, 0, 255])));
    let gif = assemble_gif(blobs, options(&[("delay", 100.into())]), None, None).await.unwrap();
    assert_eq!(get(&gif, "frames"), JsValue::from(2));
    assert_eq!(get(&gif, "durationMs"), JsValue::from(300));
    let bytes = get(&gif, "bytes").dyn_into::<Uint8Array>().unwrap().to_vec();
    let mut reader = gif::DecodeOptions::new().read_info(&bytes[..]).unwrap();
    let delays: Vec<u16> = std::iter::from_fn(|| reader.read_next_frame().unwrap().map(|frame| frame.delay)).collect();
    assert_eq!(delays, [10, 20]);
}

#[wasm_bindgen_test]
async fn specs_hide_mark_and_paint() {
    let sides = |width: f64| -> Vec<(&'static str, JsValue)> {
        [("left", 0.0), ("top", 0.0), ("width", width), ("height", 1.0)]
            .map(|(name, side)| (name, JsValue::from(side)))
            .to_vec()
    };
    let area = |width| options(&sides(width));
    let blobs = || Array::of2(&blob(&png([255, 0, 0])), &blob(&png([255, 0, 0])));
    let plain = options(&[("lossy", 0.into())]);
    let hidden = options(&[("redact", Array::of1(&area(3.0)).into())]);
    let solid = [sides(3.0), vec![("kind", "solid".into()), ("color", 0x00_ff00.into())]].concat();
    let solid = options(&solid);
    let painted = options(&[("overlays", Array::of1(&solid).into())]);
    let gif = assemble_gif(blobs(), plain.clone(), Some(Array::of2(&hidden, &painted)), None).await.unwrap();
    assert_eq!(get(&gif, "frames"), JsValue::from(2));

    let failing = [
        (options(&[("redact", Array::of1(&area(0.0)).into())]), "REDACTION_FAILED"),
        (options(&[("redact", "all".into())]), "REDACTION_FAILED"),
        (options(&[("redact", Array::of1(&options(&sides(1.0)[..2])).into())]), "REDACTION_FAILED"),
        (options(&[("overlays", Array::of1(&area(3.0)).into())]), "BAD_OPTION"),
        (options(&[("marks", Array::of1(&area(3.0)).into())]), "BAD_OPTION"),
    ];
    for (spec, code) in failing {
        let error =
            assemble_gif(blobs(), plain.clone(), Some(Array::of2(&JsValue::NULL, &spec)), None).await.unwrap_err();
        assert_eq!(get(&error, "code"), JsValue::from(code));
        assert_eq!(get(&error, "frame"), JsValue::from(1));
    }
    let many = Array::of3(&hidden, &hidden, &hidden);
    let error = assemble_gif(blobs(), plain.clone(), Some(many.clone()), None).await.unwrap_err();
    assert_eq!(get(&error, "code"), JsValue::from("BAD_OPTION"));
    let error = assemble_gif(blobs(), plain, None, Some(many)).await.unwrap_err();
    assert_eq!(get(&error, "code"), JsValue::from("BAD_OPTION"));
}

#[wasm_bindgen_test]
async fn a_broken_screenshot_is_named() {
    let blobs = Array::of2(&blob(&png([1, 2, 3])), &blob(b"no picture"));
    let error: JsValue = assemble_gif(blobs, JsValue::UNDEFINED, None, None).await.unwrap_err();
    assert_eq!(get(&error, "code"), JsValue::from("UNKNOWN_FORMAT"));
    assert_eq!(get(&error, "frame"), JsValue::from(1));
}

#[wasm_bindgen_test]
async fn too_few_screenshots_and_wrong_options_are_typed_errors() {
    let error = assemble_gif(Array::of1(&blob(&png([1, 2, 3]))), JsValue::UNDEFINED, None, None).await.unwrap_err();
    assert_eq!(get(&error, "code"), JsValue::from("TOO_FEW_SCREENSHOTS"));
    let error = assemble_gif(Array::new(), options(&[("effort", "utmost".into())]), None, None).await.unwrap_err();
    assert_eq!(get(&error, "code"), JsValue::from("BAD_OPTION"));
}

#[wasm_bindgen_test]
fn a_header_past_the_limits_is_refused() {
    let limits = options(&[("sidePx", 2.into())]);
    let error = probe(&png([1, 2, 3]), limits).unwrap_err();
    assert_eq!(get(&error, "code"), JsValue::from("LIMIT_EXCEEDED"));
}

#[wasm_bindgen_test]
async fn each_screenshot_may_have_a_time_of_its_own() {
    let blobs = Array::of2(&blob(&png([255, 0, 0])), &blob(&png([0, 0, 255])));
    let timing = Array::of2(&JsValue::NULL, &options(&[("delayMs", 700.into())]));
    let gif = assemble_gif(blobs, options(&[("delay", 100.into())]), None, Some(timing)).await.unwrap();
    assert_eq!(get(&gif, "durationMs"), JsValue::from(800));
}
