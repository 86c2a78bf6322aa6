//! An absolute http or https address, taken apart strictly.
//!
//! Browsers repair odd addresses: they drop tabs, turn backslashes into slashes and read `0x7f.1` as an IP address.
//! Only what every parser reads the same way passes here, so that the host that is checked is the host that is asked.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The host of an [`Address`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Host {
    /// A domain name in lower case.
    Name(String),
    /// An IPv4 address.
    V4(Ipv4Addr),
    /// An IPv6 address.
    V6(Ipv6Addr),
}

/// A checked absolute address: http or https, no user information, an unambiguous host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    text: String,
    secure: bool,
    host: Host,
    port: u16,
    host_at: (usize, usize),
    path_at: usize,
}

impl Address {
    /// Takes `text` apart.
    ///
    /// # Errors
    /// What is wrong with it, in words that follow "the address". The address itself is not part of the words.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        if text.len() > 8192 {
            return Err("is longer than 8192 bytes");
        }
        if text.bytes().any(|byte| byte <= b' ' || byte == 0x7f || byte == b'\\') {
            return Err("holds a space, a control character or a backslash");
        }
        let (scheme, rest) = text.split_once(':').ok_or("is not absolute")?;
        let secure = match scheme.to_ascii_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => return Err("is neither https nor http"),
        };
        let rest = rest.strip_prefix("//").ok_or("has no host")?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let authority = &rest[..end];
        if authority.contains('@') {
            return Err("holds a user name or a password");
        }
        let (host, port) = split_port(authority)?;
        let port = match port {
            None | Some("") => {
                if secure {
                    443
                } else {
                    80
                }
            }
            Some(digits) if digits.len() <= 5 && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                digits.parse().map_err(|_| "has a port out of range")?
            }
            Some(_) => return Err("has a port that is no number"),
        };
        let start = text.len() - rest.len();
        let (host_at, path_at) = ((start, start + host.len()), start + end);
        Ok(Self { text: text.to_owned(), secure, host: parse_host(host)?, port, host_at, path_at })
    }

    /// The address as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the scheme is https.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.secure
    }

    /// The host.
    #[must_use]
    pub fn host(&self) -> &Host {
        &self.host
    }

    /// The host as it stands in the address.
    #[must_use]
    pub fn host_text(&self) -> &str {
        &self.text[self.host_at.0..self.host_at.1]
    }

    /// The port, or the scheme's own.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Path, query and fragment as given; may be empty.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.text[self.path_at..]
    }

    /// The address a `Location` header of this address leads to: absolute, `//host/...` or `/...`.
    ///
    /// # Errors
    /// What is wrong with it, as [`Address::parse`] says it.
    pub fn join(&self, location: &str) -> Result<Self, &'static str> {
        let scheme = if self.secure { "https:" } else { "http:" };
        if location.starts_with("//") {
            return Self::parse(&format!("{scheme}{location}"));
        }
        if location.starts_with('/') {
            return Self::parse(&format!("{}{location}", &self.text[..self.path_at]));
        }
        Self::parse(location)
    }

    /// Whether the address was given in plain http outside this machine.
    #[must_use]
    pub fn is_exposed(&self) -> bool {
        !self.secure && !self.host.is_loopback()
    }
}

impl Host {
    /// Whether the host is this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        match self {
            Self::Name(name) => name == "localhost" || name.ends_with(".localhost"),
            Self::V4(ip) => ip.is_loopback(),
            Self::V6(ip) => ip.is_loopback() || ip.to_ipv4_mapped().is_some_and(|ip| ip.is_loopback()),
        }
    }

    /// Whether the host is an address that the public network does not route, or a name for this machine.
    #[must_use]
    pub fn is_private(&self) -> bool {
        match self {
            Self::Name(_) => self.is_loopback(),
            Self::V4(ip) => is_private_v4(*ip),
            Self::V6(ip) => is_private_v6(*ip),
        }
    }

    /// Reads a host without scheme or port, as a name server or a list of hosts gives it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        match text.parse::<Ipv6Addr>() {
            Ok(ip) => Ok(Self::V6(ip)),
            Err(_) => parse_host(text),
        }
    }
}

fn split_port(authority: &str) -> Result<(&str, Option<&str>), &'static str> {
    if authority.starts_with('[') {
        let end = authority.find(']').ok_or("has a bracket that is not closed")?;
        let (host, after) = authority.split_at(end + 1);
        return match after.strip_prefix(':') {
            Some(port) => Ok((host, Some(port))),
            None if after.is_empty() => Ok((host, None)),
            None => Err("has something between host and port"),
        };
    }
    Ok(match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    })
}

fn parse_host(text: &str) -> Result<Host, &'static str> {
    if let Some(inner) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return inner.parse().map(Host::V6).map_err(|_| "has no valid IPv6 address as its host");
    }
    let name = text.to_ascii_lowercase();
    let label_ok = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_')
    };
    if name.is_empty() || name.len() > 253 || !name.split('.').all(label_ok) {
        return Err("has no plain host name (letters, digits, '-', '_' and '.'; other scripts as xn--...)");
    }
    let last = name.rsplit('.').next().unwrap_or_default();
    let numeric = last.bytes().all(|byte| byte.is_ascii_digit())
        || last.strip_prefix("0x").is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
    if numeric {
        return name.parse().map(Host::V4).map_err(|_| "has a number as its host that is no plain IPv4 address");
    }
    Ok(Host::Name(name))
}

fn is_private_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || a == 0
        || a >= 224
        || (a == 100 && b & 0xc0 == 64)
        || (a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 198 && b & 0xfe == 18)
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113)
}

fn is_private_v6(ip: Ipv6Addr) -> bool {
    let parts = ip.segments();
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_private_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        // Mapped, translated (NAT64) and 6to4 addresses lead to the IPv4 address inside them.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => {
            embedded(high, low)
        }
        // Global unicast is 2000::/3; 2001::/23 and 2001:db8::/32 inside it are reserved.
        [first, second, ..] => first & 0xe000 != 0x2000 || (first == 0x2001 && (second < 0x200 || second == 0xdb8)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_address_is_taken_apart() {
        let address = Address::parse("https://Media.Example.com:8443/gifs/a.gif?sig=x#y").unwrap();
        assert_eq!(address.host(), &Host::Name("media.example.com".to_owned()));
        assert_eq!(address.host_text(), "Media.Example.com");
        assert_eq!((address.port(), address.is_secure(), address.path()), (8443, true, "/gifs/a.gif?sig=x#y"));
    }

    #[test]
    fn what_parsers_read_differently_is_refused() {
        let odd = [
            "",
            "a.gif",
            "//host/a",
            "javascript:alert(1)",
            "data:image/gif;base64,R0lG",
            "blob:https://a.com/1",
            "ftp://a.com",
            "https:/a.com",
            "https:a.com",
            "https://",
            "https://user@a.com/",
            "https://a.com:pw@b.com/",
            "https://a.com\\@b.com/",
            "https://a.com\t/",
            "https://a .com/",
            "https://a.com:port/",
            "https://a.com:99999/",
            "https://0x7f.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0177.0.0.1/",
            "https://[::1/",
            "https://[::1]x/",
            "https://a..com/",
            "https://a.com./",
            "https://%61.com/",
            "https://b\u{fc}cher.de/",
        ];
        for text in odd {
            assert!(Address::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn addresses_that_lead_inside_are_private() {
        let inside = [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "ff02::1",
            "2001:db8::1",
            "localhost",
            "x.localhost",
        ];
        for text in inside {
            assert!(Host::parse(text).unwrap().is_private(), "{text}");
        }
        for text in
            ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "example.com", "100.128.0.1", "172.32.0.1"]
        {
            assert!(!Host::parse(text).unwrap().is_private(), "{text}");
        }
    }

    #[test]
    fn a_location_is_read_against_its_address() {
        let address = Address::parse("https://a.com/x/y?z").unwrap();
        assert_eq!(address.join("/b").unwrap().as_str(), "https://a.com/b");
        assert_eq!(address.join("//b.com/c").unwrap().as_str(), "https://b.com/c");
        assert_eq!(address.join("http://b.com/c").unwrap().as_str(), "http://b.com/c");
        assert!(address.join("c.gif").is_err());
    }

    #[test]
    fn plain_http_is_exposed_unless_it_stays_on_this_machine() {
        assert!(Address::parse("http://a.com/").unwrap().is_exposed());
        for text in
            ["https://a.com/", "http://localhost:8080/", "http://127.0.0.1/", "http://[::1]/", "http://a.localhost"]
        {
            assert!(!Address::parse(text).unwrap().is_exposed(), "{text}");
        }
    }
}
