use super::*;

#[test]
fn a_plain_address_is_taken_apart() {
    let address = HttpUrl::parse("https://Media.Example.com:8443/gifs/a.gif?sig=x#y").unwrap();
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
        assert!(HttpUrl::parse(text).is_err(), "{text:?}");
    }
}

#[test]
fn a_location_is_read_against_its_address() {
    let address = HttpUrl::parse("https://a.com/x/y?z").unwrap();
    assert_eq!(address.join("/b").unwrap().as_str(), "https://a.com/b");
    assert_eq!(address.join("//b.com/c").unwrap().as_str(), "https://b.com/c");
    assert_eq!(address.join("http://b.com/c").unwrap().as_str(), "http://b.com/c");
    assert!(address.join("c.gif").is_err());
}

#[test]
fn plain_http_is_exposed_unless_it_stays_on_this_machine() {
    assert!(HttpUrl::parse("http://a.com/").unwrap().is_exposed());
    for text in ["https://a.com/", "http://localhost:8080/", "http://127.0.0.1/", "http://[::1]/", "http://a.localhost"]
    {
        assert!(!HttpUrl::parse(text).unwrap().is_exposed(), "{text}");
    }
}

fn refusal(text: &str) -> &'static str {
    HttpUrl::parse(text).unwrap_err()
}

#[test]
fn an_address_has_at_most_8192_bytes() {
    let long = |bytes: usize| format!("https://a.com/{}", "x".repeat(bytes - 14));
    assert!(HttpUrl::parse(&long(8192)).is_ok());
    assert_eq!(refusal(&long(8193)), "is longer than 8192 bytes");
}

#[test]
fn no_part_holds_a_space_a_control_character_or_a_backslash() {
    for byte in (0..=b' ').chain([0x7f, b'\\']) {
        let text = format!("https://a.com/b{}c", char::from(byte));
        assert_eq!(refusal(&text), "holds a space, a control character or a backslash", "{text:?}");
    }
    for byte in (b'!'..0x7f).filter(|&byte| byte != b'\\') {
        assert!(HttpUrl::parse(&format!("https://a.com/b{}c", char::from(byte))).is_ok(), "{byte}");
    }
}

#[test]
fn the_port_is_that_of_the_scheme_or_a_number_of_up_to_five_digits() {
    for (text, port) in [
        ("https://a.com", 443),
        ("http://a.com", 80),
        ("HTTPS://a.com:/", 443),
        ("http://a.com:/", 80),
        ("https://a.com:00080/", 80),
        ("https://a.com:65535/", 65535),
        ("https://[::1]:81/", 81),
        ("https://[::1]", 443),
    ] {
        assert_eq!(HttpUrl::parse(text).map(|address| address.port()), Ok(port), "{text}");
    }
    assert_eq!(refusal("https://a.com:65536/"), "has a port out of range");
    assert_eq!(refusal("https://a.com:000080/"), "has a port that is no number");
    assert_eq!(refusal("https://a.com:+80/"), "has a port that is no number");
    assert_eq!(refusal("https://[::1]80/"), "has something between host and port");
    assert_eq!(refusal("https://[::1"), "has a bracket that is not closed");
}

#[test]
fn the_host_ends_where_port_path_query_or_fragment_begins() {
    for (text, host, path) in [
        ("https://a.com", "a.com", ""),
        ("https://a.com?b@c", "a.com", "?b@c"),
        ("https://a.com#/b", "a.com", "#/b"),
        ("https://A.com:8/b:9", "A.com", "/b:9"),
        ("https://[2606:4700::1]:8/b", "[2606:4700::1]", "/b"),
    ] {
        let address = HttpUrl::parse(text).unwrap();
        assert_eq!((address.as_str(), address.host_text(), address.path()), (text, host, path));
    }
}

#[test]
fn a_host_is_made_of_plain_labels_of_up_to_63_bytes_253_in_all() {
    let label = "x".repeat(63);
    let longest = format!("{label}.{label}.{label}.{}", "x".repeat(61));
    for name in ["a", "a-b_c.com", "9.com", "0xyz", "a.0xg", &label, &longest] {
        assert_eq!(Host::parse(name), Ok(Host::Name(name.to_owned())), "{name}");
    }
    for name in ["", ".", ".a", "a.", "a..b", "a!b", "a:b", &format!("{label}x"), &format!("{longest}x")] {
        assert!(Host::parse(name).is_err(), "{name}");
    }
}

#[test]
fn a_host_whose_last_label_is_a_number_is_a_plain_ipv4_address_or_nothing() {
    assert_eq!(Host::parse("8.8.4.4"), Ok(Host::V4(Ipv4Addr::new(8, 8, 4, 4))));
    for text in ["8.8.4", "1", "a.1", "0x8.0x8.0x4.0x4", "a.0x", "a.0xff", "08.8.4.4", "8.8.4.256", "1.2.3.4.5"] {
        let problem = Host::parse(text).unwrap_err();
        assert_eq!(problem, "has a number as its host that is no plain IPv4 address", "{text}");
    }
    assert_eq!(Host::parse("2606:4700::1").map(|host| host.is_private()), Ok(false));
    assert_eq!(refusal("https://[8.8.4.4]/"), "has no valid IPv6 address as its host");
}

#[test]
fn a_location_without_a_scheme_keeps_that_of_its_address() {
    let address = HttpUrl::parse("http://localhost:8080/x").unwrap();
    assert_eq!(address.join("/y").unwrap().as_str(), "http://localhost:8080/y");
    assert_eq!(address.join("//a.com/y").unwrap().as_str(), "http://a.com/y");
}
