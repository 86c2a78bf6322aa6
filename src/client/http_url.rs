//! An absolute http or https URL, parsed strictly.
//!
//! Browsers repair odd URLs: they drop tabs, turn backslashes into slashes and read `0x7f.1` as an IP address. Only
//! URLs that every parser reads the same way pass here, so that the host that is checked is the host that is requested.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The host of an [`HttpUrl`].
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
pub struct HttpUrl {
    text: String,
    secure: bool,
    host: Host,
    port: u16,
    host_at: (usize, usize),
    path_at: usize,
}

impl HttpUrl {
    /// Takes `text` apart.
    ///
    /// # Errors
    /// The error, as text after "the address". It does not contain the address.
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
        let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
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
        let (host_at, path_at) = ((start, start + host.len()), start + authority.len());
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
        self.text.get(self.host_at.0..self.host_at.1).unwrap_or_default()
    }

    /// The port, or the scheme's own.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Path, query and fragment as given; may be empty.
    #[must_use]
    pub fn path(&self) -> &str {
        self.text.get(self.path_at..).unwrap_or_default()
    }

    /// The address a `Location` header of this address leads to: absolute, `//host/...` or `/...`.
    ///
    /// # Errors
    /// Returns the error as in [`HttpUrl::parse`].
    pub fn join(&self, location: &str) -> Result<Self, &'static str> {
        let scheme = if self.secure { "https:" } else { "http:" };
        if location.starts_with("//") {
            return Self::parse(&format!("{scheme}{location}"));
        }
        if location.starts_with('/') {
            let origin = self.text.get(..self.path_at).unwrap_or_default();
            return Self::parse(&format!("{origin}{location}"));
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
        let (_, after) = authority.split_once(']').ok_or("has a bracket that is not closed")?;
        let host = authority.strip_suffix(after).unwrap_or(authority);
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

#[cfg(test)]
mod tests;
