//! The status table: what the status of a response asks for. Retries are counted in `api_call` and `media_fetch`.

/// What a status asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusAction {
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
pub fn status_action(status: u16) -> StatusAction {
    match status {
        200 => StatusAction::Read,
        401 => StatusAction::RenewToken,
        404 => StatusAction::Missing,
        409 | 425 => StatusAction::NotReady,
        408 | 429 | 500 | 502..=504 => StatusAction::Retry,
        0 | 301 | 302 | 303 | 307 | 308 => StatusAction::Redirect,
        _ => StatusAction::Stop,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_of_the_table_has_its_verdict() {
        let table = [
            (200, StatusAction::Read),
            (400, StatusAction::Stop),
            (401, StatusAction::RenewToken),
            (402, StatusAction::Stop),
            (403, StatusAction::Stop),
            (404, StatusAction::Missing),
            (408, StatusAction::Retry),
            (409, StatusAction::NotReady),
            (410, StatusAction::Stop),
            (422, StatusAction::Stop),
            (425, StatusAction::NotReady),
            (429, StatusAction::Retry),
            (500, StatusAction::Retry),
            (501, StatusAction::Stop),
            (502, StatusAction::Retry),
            (503, StatusAction::Retry),
            (504, StatusAction::Retry),
        ];
        for (status, expected) in table {
            assert_eq!(status_action(status), expected, "{status}");
        }
    }
}
