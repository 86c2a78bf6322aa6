//! Reads the header `Retry-After` (RFC 9110, section 10.2.3), as a number of seconds or as a date.

use super::date::http_date_ms;

/// A `Retry-After` beyond this is cut to it.
pub const RETRY_AFTER_CAP_MS: u64 = 120_000;

/// Reads `Retry-After` in both forms. A date counts from the answer's own `Date` when there is one, so that a wrong clock
/// here does no harm; a date that is past asks for no delay.
#[must_use]
pub fn retry_after_ms(value: &str, answer_date: Option<&str>, now_ms: u64) -> Option<u64> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        let seconds: u64 = value.parse().unwrap_or(u64::MAX);
        return Some(seconds.saturating_mul(1000).min(RETRY_AFTER_CAP_MS));
    }
    let from = answer_date.and_then(http_date_ms).unwrap_or(now_ms);
    Some(http_date_ms(value)?.saturating_sub(from).min(RETRY_AFTER_CAP_MS))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
    const DATE_MS: u64 = 784_111_777_000;

    #[test]
    fn retry_after_is_read_in_both_forms_and_capped() {
        assert_eq!(retry_after_ms("7", None, 0), Some(7_000));
        assert_eq!(retry_after_ms(" 0 ", None, 0), Some(0));
        assert_eq!(retry_after_ms("9999999999999999999999", None, 0), Some(120_000));
        assert_eq!(retry_after_ms("86400", None, 0), Some(120_000));
        assert_eq!(retry_after_ms(DATE, None, DATE_MS - 5_000), Some(5_000));
        assert_eq!(retry_after_ms(DATE, None, DATE_MS + 5_000), Some(0));
        assert_eq!(retry_after_ms(DATE, Some("Sun, 06 Nov 1994 08:49:27 GMT"), 0), Some(10_000));
        for text in ["", "soon", "-1", "1.5"] {
            assert_eq!(retry_after_ms(text, None, 0), None, "{text}");
        }
    }
}
