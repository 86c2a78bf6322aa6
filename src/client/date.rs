//! Parses dates that servers send, HTTP dates and ISO 8601, to milliseconds since 1970-01-01 UTC.

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads an HTTP date in any of its three forms, such as `Tue, 24 Nov 2026 11:42:00 GMT`. They differ in order and
/// separators only, so their words are told apart by what they look like.
#[must_use]
pub fn http_date_ms(text: &str) -> Option<u64> {
    let (mut day, mut month, mut year, mut clock) = (None, None, None, None);
    for word in text.split([' ', ',', '-']).filter(|word| !word.is_empty()) {
        let number = word.parse::<u32>().ok().map(i64::from);
        match number {
            Some(number) if day.is_none() => day = Some(number),
            Some(number) if year.is_none() => year = Some(full_year(word, number)),
            Some(_) => return None,
            None if word.contains(':') => clock = Some(seconds_of_day(word)?),
            // The day of the week comes first and is not needed; a month is never longer than its short form.
            None if word.len() == 3 && word != "GMT" => month = month_number(word).or(month),
            None => {}
        }
    }
    let (day, month) = (day.filter(|day| (1..=31).contains(day))?, month?);
    u64::try_from((days_since_1970(year?, month, day) * 86400 + clock?) * 1000).ok()
}

/// Years of two digits are of this century unless that is more than 50 years ahead, counted from when this was written.
fn full_year(word: &str, number: i64) -> i64 {
    match number {
        0..=75 if word.len() == 2 => 2000 + number,
        76..=99 if word.len() == 2 => 1900 + number,
        _ => number,
    }
}

fn month_number(word: &str) -> Option<i64> {
    let at = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(word))?;
    Some(at as i64 + 1)
}

fn seconds_of_day(clock: &str) -> Option<i64> {
    let mut parts = clock.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next()?);
    let (hour, minute, second) = (digits(hour, 2)?, digits(minute, 2)?, digits(second, 2)?);
    (hour < 24 && minute < 60 && second <= 60 && parts.next().is_none()).then_some(hour * 3600 + minute * 60 + second)
}

/// Reads an ISO 8601 moment. Without a zone it is UTC, as the API's naive times are.
#[must_use]
pub fn iso_date_ms(text: &str) -> Option<u64> {
    let text = text.trim();
    let (day, time) = text.split_once(['T', 't', ' '])?;
    let mut parts = day.splitn(3, '-');
    let year = digits(parts.next()?, 4)?;
    let month = digits(parts.next()?, 2)?;
    let day = digits(parts.next()?, 2)?;
    let zone_at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at_checked(zone_at)?;
    let mut parts = clock.splitn(3, ':');
    let hour = digits(parts.next()?, 2)?;
    let minute = digits(parts.next()?, 2)?;
    let (second, fraction) = match parts.next() {
        Some(text) => text.split_once('.').unwrap_or((text, "")),
        None => ("00", ""),
    };
    let second = digits(second, 2)?;
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || hour > 24 || minute > 59 || second > 60 {
        return None;
    }
    let seconds = days_since_1970(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
    let total = (seconds - zone_seconds(zone)?) * 1000 + thousandths(fraction)?;
    u64::try_from(total).ok()
}

fn digits(text: &str, count: usize) -> Option<i64> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn thousandths(fraction: &str) -> Option<i64> {
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(fraction.bytes().chain(*b"000").take(3).fold(0, |sum, byte| sum * 10 + i64::from(byte - b'0')))
}

fn zone_seconds(zone: &str) -> Option<i64> {
    let sign = match zone.as_bytes().first() {
        None | Some(b'Z' | b'z') => return (zone.len() <= 1).then_some(0),
        Some(b'+') => 1,
        _ => -1,
    };
    let offset = zone.get(1..)?;
    let (hours, minutes) = match offset.split_once(':') {
        Some((hours, minutes)) => (hours, minutes),
        None if offset.len() == 4 => offset.split_at_checked(2)?,
        None => (offset, "00"),
    };
    Some(sign * (digits(hours, 2)? * 3600 + digits(minutes, 2)? * 60))
}

/// Days from 1970-01-01 in the Gregorian calendar; years start in March so that the leap day comes last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_three_http_forms_name_the_same_moment() {
        for text in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(http_date_ms(text), Some(784_111_777_000), "{text}");
        }
        assert_eq!(http_date_ms("Wed, 31 Dec 2036 23:59:60 GMT"), Some(2_114_380_800_000));
        for text in [
            "",
            "tomorrow",
            "Sun, 06 Nov 1994",
            "06 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT",
            "1 2 3 4 Nov 00:00:00",
        ] {
            assert_eq!(http_date_ms(text), None, "{text}");
        }
    }

    #[test]
    fn iso_moments_with_and_without_zone() {
        assert_eq!(iso_date_ms("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(iso_date_ms("1994-11-06T08:49:37"), Some(784_111_777_000));
        assert_eq!(iso_date_ms("1994-11-06 08:49:37.123456"), Some(784_111_777_123));
        assert_eq!(iso_date_ms("1994-11-06T10:49:37.5+02:00"), Some(784_111_777_500));
        assert_eq!(iso_date_ms("1994-11-06T03:49:37-0500"), Some(784_111_777_000));
        assert_eq!(iso_date_ms("2024-02-29T00:00Z"), Some(1_709_164_800_000));
    }

    #[test]
    fn anything_else_is_no_moment() {
        for text in [
            "",
            "2024",
            "2024-02-29",
            "2024-13-01T00:00:00Z",
            "2024-01-01T00:00:00Zx",
            "2024-01-01T00:00:00+é0",
            "x-y-zTa:b",
        ] {
            assert_eq!(iso_date_ms(text), None, "{text}");
        }
    }
}
