//! Property: the header of any bytes is read or refused with a code; a size that is read is within the limits, and the
//! same as the one that decoding gives.

use task_gif::Limits;
use task_gif::Options;
use task_gif::model::frame_spec::FrameSpec;
use task_gif::pipeline::{WorkerSession, probe};

pub fn check(data: &[u8]) {
    let limits = Limits { side_px: 512, frame_pixels: 65_536, ..Limits::default() };
    match probe(data, &limits) {
        Ok(header) => {
            assert!(header.size.width() <= 512 && header.size.height() <= 512 && header.size.area() <= 65_536);
            assert!(["png", "jpeg", "webp", "gif"].contains(&header.format));
            let options = Options { limits, screen: Some(header.size), ..Options::default() };
            let mut session = WorkerSession::new(options).unwrap();
            if let Err(error) = session.load(0, data, &FrameSpec::default()) {
                assert_ne!(error.code(), "UNKNOWN_FORMAT");
                assert_ne!(error.code(), "LIMIT_EXCEEDED");
            }
        }
        Err(error) => {
            let known = ["UNKNOWN_FORMAT", "DECODE_FAILED", "UNSUPPORTED", "LIMIT_EXCEEDED"];
            assert!(known.contains(&error.code()), "{error}");
            assert!(!error.to_string().is_empty());
        }
    }
}
