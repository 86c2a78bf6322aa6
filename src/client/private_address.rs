//! Which hosts lead into a private network or to this machine: addresses that the public network does not route.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::http_url::Host;

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
        // Global unicast is 2000::/3; 2001::/23, 2001:db8::/32 and 3fff::/20 inside it are reserved.
        [first, second, ..] => {
            first & 0xe000 != 0x2000
                || (first == 0x2001 && (second < 0x200 || second == 0xdb8))
                || (first == 0x3fff && second < 0x1000)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn reserved_ranges_are_private_and_end_where_they_should() {
        for (inside, outside) in [
            (&["0.0.0.1", "0.255.255.255"][..], &["1.0.0.0"][..]),
            (&["224.0.0.0", "240.0.0.1", "255.255.255.254"], &["223.255.255.255"]),
            (&["100.64.0.0", "100.127.255.255"], &["100.63.255.255", "100.128.0.0", "101.64.0.0", "99.64.0.0"]),
            (
                &["192.0.0.9", "192.0.2.9"],
                &["192.0.1.9", "192.0.3.9", "192.1.0.9", "192.1.2.9", "193.0.2.9", "191.0.0.9"],
            ),
            (&["198.18.0.9", "198.19.255.9"], &["198.17.0.9", "198.20.0.9", "199.18.0.9", "197.19.0.9"]),
            (&["198.51.100.9"], &["198.51.101.9", "198.52.100.9", "199.51.100.9", "198.50.100.9"]),
            (&["203.0.113.9"], &["203.0.114.9", "203.1.113.9", "204.0.113.9", "202.0.113.9"]),
            (&["172.16.0.0", "172.31.255.255"], &["172.15.255.255", "172.32.0.0"]),
            (&["2001::1", "2001:1ff::1", "2001:db8::1"], &["2001:200::1", "2001:db7::1", "2001:db9::1", "2003:db8::1"]),
            (&["3fff::1", "3fff:fff::1"], &["3fff:1000::1", "3ffe::1"]),
            (&["1fff::1", "4000::1", "64:ff9b:1::1", "::5"], &["2000::1", "3ffe:ffff::1"]),
            (&["2002:7f00:1::", "64:ff9b::7f00:1", "::ffff:192.168.0.1"], &["2002:808:808::", "64:ff9b::808:808"]),
        ] {
            for text in inside {
                assert!(Host::parse(text).unwrap().is_private(), "{text}");
            }
            for text in outside {
                assert!(!Host::parse(text).unwrap().is_private(), "{text}");
            }
        }
    }

    #[test]
    fn this_machine_is_localhost_127_and_their_ipv6_forms() {
        for text in ["localhost", "LOCALHOST", "a.localhost", "127.9.9.9", "::1", "::ffff:127.0.0.1"] {
            assert!(Host::parse(text).unwrap().is_loopback(), "{text}");
        }
        for text in ["notlocalhost", "localhost.com", "126.0.0.1", "10.0.0.1", "::2", "::ffff:10.0.0.1", "2606:4700::1"]
        {
            assert!(!Host::parse(text).unwrap().is_loopback(), "{text}");
        }
    }
}
