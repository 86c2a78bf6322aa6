//! The status table: what the client does after a status, and the error code of one that ends a call. Retries are counted in
//! `api_call` and `media_fetch`.

use std::borrow::Cow;

/// The action of the client after a response with a status.
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
    /// Those of [`is_retried`]: try again, at most five times.
    Retry,
    /// A redirect: not followed.
    Redirect,
    /// Everything else: stop.
    Stop,
}

/// Returns the action for `status`.
#[must_use]
pub fn status_action(status: u16) -> StatusAction {
    match status {
        200 => StatusAction::Read,
        401 => StatusAction::RenewToken,
        404 => StatusAction::Missing,
        409 | 425 => StatusAction::NotReady,
        0 | 301 | 302 | 303 | 307 | 308 => StatusAction::Redirect,
        _ if is_retried(status) => StatusAction::Retry,
        _ => StatusAction::Stop,
    }
}

/// Whether `status` may be another one soon: the server is busy, or has a fault of the moment.
fn is_retried(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502..=504)
}

/// The stable error code of `status`, as the answer of the API, or of a media host when `is_file`.
#[must_use]
pub fn status_code(status: u16, is_file: bool) -> Cow<'static, str> {
    Cow::Borrowed(match status {
        403 | 404 | 410 if is_file => "EXPIRED",
        400..=402 | 422 if is_file => return Cow::Owned(format!("HTTP_{status}")),
        400 | 422 => "BAD_REQUEST",
        401 => "UNAUTHORIZED",
        402 => "PAYMENT_REQUIRED",
        403 => "FORBIDDEN",
        404 => "NOT_FOUND",
        410 => "EXPIRED",
        429 => "RATE_LIMITED",
        _ if is_retried(status) => "SERVER",
        _ => return Cow::Owned(format!("HTTP_{status}")),
    })
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

    #[test]
    fn every_status_has_the_code_of_the_table() {
        let table = [
            (400, "BAD_REQUEST"),
            (422, "BAD_REQUEST"),
            (401, "UNAUTHORIZED"),
            (402, "PAYMENT_REQUIRED"),
            (403, "FORBIDDEN"),
            (404, "NOT_FOUND"),
            (410, "EXPIRED"),
            (408, "SERVER"),
            (429, "RATE_LIMITED"),
            (500, "SERVER"),
            (502, "SERVER"),
            (503, "SERVER"),
            (504, "SERVER"),
            (501, "HTTP_501"),
            (405, "HTTP_405"),
            (418, "HTTP_418"),
            (451, "HTTP_451"),
        ];
        for (status, code) in table {
            assert_eq!(status_code(status, false), code);
        }
        for status in [403, 404, 410] {
            assert_eq!(status_code(status, true), "EXPIRED");
        }
    }
}
