//! The base URL of the API: what comes before `/task`.

use super::client_error::ClientError;
use super::http_url::HttpUrl;
use super::task_id::TaskId;

/// A checked base address, such as `https://api.example.com/api/v1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    address: HttpUrl,
    prefix: String,
}

impl BaseUrl {
    /// Checks `text`: https (or http on this machine), no user information, no query, and not the full path of a call.
    ///
    /// # Errors
    /// [`ClientError::Argument`] for `baseUrl`.
    pub fn new(text: &str) -> Result<Self, ClientError> {
        let refuse = |problem: String| ClientError::Argument { path: "baseUrl".to_owned(), problem };
        let address = HttpUrl::parse(text).map_err(|problem| refuse(format!("the address {problem}")))?;
        if address.is_exposed() {
            return Err(refuse(
                "expected https; plain http is for localhost only, since the key would be readable".to_owned(),
            ));
        }
        if address.path().contains(['?', '#']) {
            return Err(refuse("expected an address without '?' and '#'".to_owned()));
        }
        let prefix = text.trim_end_matches('/').to_owned();
        if prefix.ends_with("/task") {
            return Err(refuse("expected the address before /task, such as https://host/api/v1".to_owned()));
        }
        Ok(Self { address, prefix })
    }

    /// The base address itself.
    #[must_use]
    pub fn address(&self) -> &HttpUrl {
        &self.address
    }

    /// The address of a call for task `id`: `suffix` is what follows the id in the path, such as `/gif`.
    #[must_use]
    pub fn url(&self, id: &TaskId, suffix: &str) -> String {
        format!("{}/task/{id}{suffix}", self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_built_below_the_base() {
        let id = TaskId::new("task_1").unwrap();
        for text in ["https://a.com/api/v1", "https://a.com/api/v1/"] {
            let base = BaseUrl::new(text).unwrap();
            assert_eq!(base.url(&id, "/gif"), "https://a.com/api/v1/task/task_1/gif");
            assert_eq!(base.url(&id, ""), "https://a.com/api/v1/task/task_1");
        }
        assert_eq!(BaseUrl::new("https://a.com").unwrap().url(&id, "/status"), "https://a.com/task/task_1/status");
    }

    #[test]
    fn bases_that_leak_or_mislead_are_refused() {
        for text in [
            "http://a.com/api",
            "https://u:p@a.com/",
            "https://a.com/api?x=1",
            "https://a.com/#",
            "https://a.com/api/v1/task",
            "/api",
            "",
        ] {
            let error = BaseUrl::new(text).unwrap_err();
            assert!(error.to_string().starts_with("baseUrl: "), "{text}: {error}");
        }
        assert!(BaseUrl::new("http://localhost:8080/api/v1").is_ok());
        assert!(BaseUrl::new("http://127.0.0.1:9/api/v1").is_ok());
    }
}
