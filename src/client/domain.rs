//! The registrable domain of a host: the part that one owner holds.
//!
//! The full public suffix list is larger than the rest of the crate. The short rules here err towards the narrower
//! domain: a host too many has to be named in `allowedMediaHosts`, a stranger's host never passes by itself.

use super::http_url::Host;

/// Second-level names under which countries register domains, as in `example.co.uk`.
const COUNTRY_SECOND_LEVELS: &[&str] = &[
    "ac", "ad", "asn", "co", "com", "csiro", "ed", "edu", "firm", "gc", "gen", "go", "gob", "gouv", "gov", "gr", "gv",
    "id", "ind", "info", "int", "jus", "k12", "lg", "ltd", "me", "med", "mil", "mod", "muni", "ne", "net", "nhs",
    "nic", "nom", "or", "org", "plc", "pol", "police", "pp", "pro", "re", "res", "sch", "school", "web",
];

/// Domains whose owners rent out the names below them, often several labels deep: a host there counts as its own domain.
const SHARED: &[&str] = &[
    "amazonaws.com",
    "amplifyapp.com",
    "appspot.com",
    "azureedge.net",
    "azurefd.net",
    "azurewebsites.net",
    "b-cdn.net",
    "backblazeb2.com",
    "blob.core.windows.net",
    "bitbucket.io",
    "cdn.digitaloceanspaces.com",
    "cloudapp.net",
    "cloudflarestorage.com",
    "cloudfront.net",
    "deno.dev",
    "digitaloceanspaces.com",
    "elasticbeanstalk.com",
    "fastly.net",
    "firebaseapp.com",
    "fly.dev",
    "github.io",
    "githubusercontent.com",
    "gitlab.io",
    "glitch.me",
    "googleapis.com",
    "googleusercontent.com",
    "herokuapp.com",
    "hf.space",
    "linodeobjects.com",
    "lovable.app",
    "netlify.app",
    "ngrok-free.app",
    "ngrok.app",
    "ngrok.io",
    "onrender.com",
    "pages.dev",
    "r2.dev",
    "railway.app",
    "render.com",
    "repl.co",
    "replit.app",
    "replit.dev",
    "run.app",
    "stackblitz.io",
    "supabase.co",
    "surge.sh",
    "trycloudflare.com",
    "vercel.app",
    "wasabisys.com",
    "web.app",
    "webcontainer.io",
    "windows.net",
    "workers.dev",
];

/// The domain that `host` shares with its siblings, or `None` when the host stands alone (an IP address, a single label).
#[must_use]
pub fn registrable_domain(host: &Host) -> Option<&str> {
    let Host::Name(name) = host else { return None };
    if SHARED.iter().any(|domain| is_below(name, domain)) {
        return Some(name);
    }
    last_labels(name, if is_country_second_level(name) { 3 } else { 2 })
}

fn is_below(name: &str, domain: &str) -> bool {
    name.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
}

fn is_country_second_level(name: &str) -> bool {
    let mut labels = name.rsplit('.');
    let (Some(top), Some(second)) = (labels.next(), labels.next()) else { return false };
    top.len() == 2 && COUNTRY_SECOND_LEVELS.contains(&second)
}

fn last_labels(name: &str, count: usize) -> Option<&str> {
    let labels = name.split('.').count();
    if labels < count {
        return None;
    }
    let skipped: usize = name.split('.').take(labels - count).map(|label| label.len() + 1).sum();
    Some(&name[skipped..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(text: &str) -> Option<String> {
        registrable_domain(&Host::parse(text).unwrap()).map(str::to_owned)
    }

    #[test]
    fn the_owner_s_domain_is_found() {
        assert_eq!(domain("api.browser-use.com").as_deref(), Some("browser-use.com"));
        assert_eq!(domain("browser-use.com").as_deref(), Some("browser-use.com"));
        assert_eq!(domain("a.b.example.co.uk").as_deref(), Some("example.co.uk"));
        assert_eq!(domain("api.foo.io").as_deref(), Some("foo.io"));
    }

    #[test]
    fn renters_of_one_domain_are_strangers() {
        assert_eq!(domain("me.github.io").as_deref(), Some("me.github.io"));
        assert_eq!(domain("x.y.workers.dev").as_deref(), Some("x.y.workers.dev"));
        assert_eq!(domain("b.s3.eu-west-1.amazonaws.com").as_deref(), Some("b.s3.eu-west-1.amazonaws.com"));
        assert_eq!(domain("github.io").as_deref(), Some("github.io"));
    }

    #[test]
    fn numbers_and_single_labels_stand_alone() {
        assert_eq!(domain("127.0.0.1"), None);
        assert_eq!(domain("::1"), None);
        assert_eq!(domain("localhost"), None);
        assert_eq!(domain("co.uk"), None);
    }
}
