//! The status table: what an answer's status asks for, before any counting.

/// An answer of the API, as far as a decision needs it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Answer<'a> {
    /// The status; 0 for a redirect that the browser does not show.
    pub status: u16,
    /// `Retry-After`.
    pub retry_after: Option<&'a str>,
    /// `Date`.
    pub date: Option<&'a str>,
    /// The whole body.
    pub body: &'a [u8],
}

/// What a status asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// 200: read the body.
    Read,
    /// 409, 425: as a GIF that is not there yet.
    NotReady,
    /// 401: get a token once more, then stop.
    RenewToken,
    /// 404: no proof; ask for the task itself.
    Missing,
    /// 408, 429, 500, 502 to 504: try again, at most five times.
    Retry,
    /// A redirect: not followed.
    Redirect,
    /// Everything else: stop.
    Stop,
}

/// The verdict on `status`.
#[must_use]
pub fn verdict(status: u16) -> Verdict {
    match status {
        200 => Verdict::Read,
        401 => Verdict::RenewToken,
        404 => Verdict::Missing,
        409 | 425 => Verdict::NotReady,
        408 | 429 | 500 | 502..=504 => Verdict::Retry,
        0 | 301 | 302 | 303 | 307 | 308 => Verdict::Redirect,
        _ => Verdict::Stop,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_of_the_table_has_its_verdict() {
        let table = [
            (200, Verdict::Read),
            (400, Verdict::Stop),
            (401, Verdict::RenewToken),
            (402, Verdict::Stop),
            (403, Verdict::Stop),
            (404, Verdict::Missing),
            (408, Verdict::Retry),
            (409, Verdict::NotReady),
            (410, Verdict::Stop),
            (422, Verdict::Stop),
            (425, Verdict::NotReady),
            (429, Verdict::Retry),
            (500, Verdict::Retry),
            (501, Verdict::Stop),
            (502, Verdict::Retry),
            (503, Verdict::Retry),
            (504, Verdict::Retry),
        ];
        for (status, expected) in table {
            assert_eq!(verdict(status), expected, "{status}");
        }
    }
}
