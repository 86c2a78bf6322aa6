//! The media policy: which of the URLs that an API returns may be requested.
//!
//! A URL must be https, without user information, on an allowed host, and not in a private network. Without a list from the
//! caller, the API's own host and its subdomains are allowed, since they have the same owner. Sibling domains may have other
//! owners, as on shared hosting, and no list of such domains is ever complete.

use super::base_url::BaseUrl;
use super::client_error::ClientError;
use super::http_url::{Host, HttpUrl};
use super::text_list::text_list;

/// APIs with the host that their documentation gives for media
/// (docs.browser-use.com/api-reference: `{"gif": "https://media.browser-use.com/gifs/..."}`).
const MEDIA_HOSTS: [(&str, &str); 1] = [("api.browser-use.com", "media.browser-use.com")];

#[derive(Debug, Clone, PartialEq, Eq)]
struct Allowed {
    text: String,
    host: Host,
    port: Option<u16>,
}

/// The rules for addresses that the API returns.
#[derive(Debug, Clone)]
pub struct MediaPolicy {
    api: Host,
    allowed: Vec<Allowed>,
    named: bool,
    refuse_private: bool,
}

impl MediaPolicy {
    /// The policy for an API at `base`. `hosts` stand for themselves and the hosts below them, each with an optional port;
    /// without them the API's own host is allowed, and the documented media host of an API that has one.
    /// `refuse_private` refuses addresses that the public network does not route, for runtimes such as Node that could
    /// reach them.
    ///
    /// # Errors
    /// [`ClientError::Argument`] for an entry that is no host.
    pub fn new(base: &BaseUrl, hosts: Option<&[String]>, refuse_private: bool) -> Result<Self, ClientError> {
        let api = base.address().host().clone();
        let allowed = if let Some(hosts) = hosts {
            hosts.iter().enumerate().map(|(index, text)| parse_entry(index, text)).collect::<Result<_, _>>()?
        } else {
            let own = Allowed { text: base.address().host_text().to_owned(), host: api.clone(), port: None };
            let documented = MEDIA_HOSTS.iter().filter(|(name, _)| api == Host::Name((*name).to_owned()));
            let documented = documented.map(|&(_, media)| Allowed {
                text: media.to_owned(),
                host: Host::Name(media.to_owned()),
                port: None,
            });
            [own].into_iter().chain(documented).collect()
        };
        Ok(Self { api, allowed, named: hosts.is_some(), refuse_private })
    }

    /// Checks an address before it is handed to a caller: it can be shown without harm, but may be anywhere.
    ///
    /// # Errors
    /// [`ClientError::MediaUrl`].
    pub fn check_shape(text: &str) -> Result<HttpUrl, ClientError> {
        let address = HttpUrl::parse(text).map_err(|problem| refuse(problem.to_owned()))?;
        if address.is_exposed() {
            return Err(refuse(format!("at {} is plain http; expected https", address.host_text())));
        }
        Ok(address)
    }

    /// Checks an address before it is asked, and again after every redirect.
    ///
    /// # Errors
    /// [`ClientError::MediaUrl`], naming the host and what is allowed.
    pub fn check(&self, text: &str) -> Result<HttpUrl, ClientError> {
        let address = Self::check_shape(text)?;
        self.check_address(&address)?;
        Ok(address)
    }

    /// The second half of [`MediaPolicy::check`], for an address that is taken apart already.
    ///
    /// # Errors
    /// [`ClientError::MediaUrl`].
    pub fn check_address(&self, address: &HttpUrl) -> Result<(), ClientError> {
        let (host, text) = (address.host(), address.host_text());
        if address.is_exposed() {
            return Err(refuse(format!("at {text} is plain http; expected https")));
        }
        let fits = |entry: &&Allowed| covers(&entry.host, host) && entry.port.is_none_or(|port| port == address.port());
        if !self.allowed.iter().any(|entry| fits(&entry)) {
            let hosts = text_list(self.allowed.iter().map(|entry| entry.text.as_str()), ", ");
            let allowed = if hosts.is_empty() { "no host" } else { &hosts };
            return Err(refuse(format!(
                "is at {text}, allowed is {allowed}; add the host to allowedMediaHosts if you trust it"
            )));
        }
        if self.refuse_private && host.is_private() && !self.is_meant(host) {
            return Err(refuse(format!(
                "leads to the private address {text}; name it in allowedMediaHosts if that is meant"
            )));
        }
        Ok(())
    }

    /// Checks what a name server gave for the host of an address, where the transport can know it.
    ///
    /// # Errors
    /// [`ClientError::MediaUrl`] when one of the addresses is private and the host is not one the caller named.
    pub fn check_resolved(&self, address: &HttpUrl, resolved: &[String]) -> Result<(), ClientError> {
        if !self.refuse_private || self.is_meant(address.host()) {
            return Ok(());
        }
        let private = |text: &&String| Host::parse(text).is_ok_and(|host| host.is_private());
        match resolved.iter().find(private) {
            Some(_) => Err(refuse(format!(
                "is at {}, which leads to a private address; name it in allowedMediaHosts if that is meant",
                address.host_text()
            ))),
            None => Ok(()),
        }
    }

    /// Whether the caller chose this very host, as the API's or by name.
    fn is_meant(&self, host: &Host) -> bool {
        *host == self.api || (self.named && self.allowed.iter().any(|entry| entry.host == *host))
    }
}

fn covers(allowed: &Host, host: &Host) -> bool {
    match (allowed, host) {
        (Host::Name(allowed), Host::Name(name)) => {
            name.strip_suffix(allowed.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        }
        _ => allowed == host,
    }
}

fn parse_entry(index: usize, text: &str) -> Result<Allowed, ClientError> {
    let refuse = || ClientError::Argument {
        path: format!("allowedMediaHosts[{index}]"),
        problem: "expected a host such as media.example.com or 127.0.0.1:8080, without scheme and path".to_owned(),
    };
    let bare = text.strip_prefix("*.").unwrap_or(text);
    let address = HttpUrl::parse(&format!("https://{bare}")).map_err(|_| refuse())?;
    if !address.path().is_empty() {
        return Err(refuse());
    }
    let has_port = bare.rsplit(']').next().is_some_and(|rest| rest.contains(':'));
    Ok(Allowed { text: text.to_owned(), host: address.host().clone(), port: has_port.then(|| address.port()) })
}

fn refuse(problem: String) -> ClientError {
    ClientError::MediaUrl { problem }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(base: &str, hosts: Option<&[&str]>, refuse_private: bool) -> MediaPolicy {
        let hosts: Option<Vec<String>> = hosts.map(|hosts| hosts.iter().map(|&host| host.to_owned()).collect());
        MediaPolicy::new(&BaseUrl::new(base).unwrap(), hosts.as_deref(), refuse_private).unwrap()
    }

    #[test]
    fn the_documented_media_host_passes_by_default() {
        let policy = policy("https://api.browser-use.com/api/v1", None, true);
        assert!(policy.check("https://media.browser-use.com/gifs/task_1/execution.gif").is_ok());
        assert!(policy.check("https://api.browser-use.com/a.gif").is_ok());
        for text in [
            "https://evil.com/a.gif",
            "https://browser-use.com/a.gif",
            "https://other.browser-use.com/a.gif",
            "https://browser-use.com.evil.com/a.gif",
            "https://evilbrowser-use.com/a.gif",
            "http://media.browser-use.com/a.gif",
            "https://media.browser-use.com@evil.com/",
            "javascript:alert(1)",
            "data:image/gif;base64,R0lGOD",
            "https://127.0.0.1/",
            "http://localhost/a.gif",
            "//media.browser-use.com/a.gif",
        ] {
            assert_eq!(policy.check(text).unwrap_err().code(), "MEDIA_URL", "{text}");
        }
    }

    #[test]
    fn hosts_beside_the_api_are_strangers() {
        for (base, own, stranger) in [
            ("https://api.example.com", "https://files.api.example.com/", "https://media.example.com/"),
            ("https://me.github.io", "https://me.github.io/", "https://you.github.io/"),
            ("https://me.kyoto.jp", "https://a.b.me.kyoto.jp/", "https://you.kyoto.jp/"),
            ("https://example.com", "https://media.example.com/", "https://example.co/"),
        ] {
            let policy = policy(base, None, true);
            assert!(policy.check(own).is_ok(), "{own}");
            let error = policy.check(stranger).unwrap_err();
            assert!(error.to_string().contains("add the host to allowedMediaHosts"), "{error}");
        }
    }

    #[test]
    fn named_hosts_replace_the_default_and_may_carry_a_port() {
        let policy =
            policy("https://app.example.com", Some(&["media.browser-use.com", "localhost:8080", "*.cdn.net"]), true);
        assert!(policy.check("https://media.browser-use.com/a.gif").is_ok());
        assert!(policy.check("http://localhost:8080/a.gif").is_ok());
        assert!(policy.check("https://x.cdn.net/a.gif").is_ok());
        assert!(policy.check("http://localhost:8081/a.gif").is_err());
        assert!(policy.check("https://app.example.com/a.gif").is_err());
    }

    #[test]
    fn private_addresses_pass_only_when_they_are_meant() {
        let public = policy("https://api.example.com", None, true);
        let address = public.check("https://media.api.example.com/a.gif").unwrap();
        assert!(public.check_resolved(&address, &["10.0.0.1".to_owned()]).is_err());
        assert!(public.check_resolved(&address, &["93.184.216.34".to_owned()]).is_ok());
        let local = policy("http://127.0.0.1:8080/api", None, true);
        assert!(local.check("http://127.0.0.1:9090/a.gif").is_ok());
        assert!(local.check("http://localhost:9090/a.gif").is_err());
    }

    #[test]
    fn entries_that_are_no_hosts_are_refused_with_their_place() {
        let base = BaseUrl::new("https://a.com").unwrap();
        for text in ["https://a.com", "a.com/x", "", "a b", "*"] {
            let error = MediaPolicy::new(&base, Some(&["ok.com".to_owned(), text.to_owned()]), false).unwrap_err();
            assert!(error.to_string().starts_with("allowedMediaHosts[1]: "), "{text}");
        }
    }
}
