//! The texts of [`ClientError`]: what was asked for, what was found, and what to do.

use std::fmt;

use super::client_error::{ClientError, Fault, Reason, Target};

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gif => "/task/{id}/gif",
            Self::Task => "/task/{id}",
            Self::Status => "/task/{id}/status",
            Self::Screenshots => "/task/{id}/screenshots",
            Self::GifFile => "the GIF's address",
            Self::ScreenshotFile => "the screenshot's address",
        })
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFinished => "the task is not finished",
            Self::TooFewScreenshots => "the task has fewer than two screenshots",
            Self::Expired => "the task finished more than 30 days ago",
            Self::NotFound => "there is no such task",
            Self::Timeout => "it had not appeared in time",
        })
    }
}

fn advice(code: &str) -> &'static str {
    match code {
        "BAD_REQUEST" | "NOT_FOUND" => "check the task id and baseUrl, which ends before /task",
        "UNAUTHORIZED" => "check that getToken returns a token that is still good",
        "PAYMENT_REQUIRED" => "the account's plan or credits do not cover this call",
        "FORBIDDEN" => "check that the key may read this task",
        "EXPIRED" => "the file is gone or its address has run out; ask again, or assemble the screenshots locally",
        "RATE_LIMITED" | "SERVER" => "try again later, or assemble the screenshots locally",
        _ => "check baseUrl, or assemble the screenshots locally",
    }
}

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument { path, problem } => write!(f, "{path}: {problem}"),
            Self::Status { target, status, detail } => {
                write!(f, "{target} answered {status}")?;
                if let Some(detail) = detail {
                    write!(f, " ({detail})")?;
                }
                write!(f, "; {}", advice(&self.code()))
            }
            Self::Redirect { target } => {
                write!(
                    f,
                    "{target} answered with a redirect, which is not followed because it could carry the key elsewhere; set baseUrl to the final address"
                )
            }
            Self::Network { target, fault, tries } => {
                let fault = match fault {
                    Fault::Broken => "the connection failed",
                    Fault::TimedOut => "the answer took too long",
                    Fault::Stalled => "the body stopped arriving",
                };
                write!(
                    f,
                    "{target}: {fault} ({tries} tries); check the connection and, in a browser, that the server allows this origin (CORS)"
                )
            }
            Self::BadResponse { target, path, expected } => {
                write!(
                    f,
                    "{target} answered 200, but {path} is not {expected}; check that baseUrl leads to the task API"
                )
            }
            Self::MediaUrl { problem } => write!(f, "the returned address {problem}"),
            Self::MediaCors { host } => {
                write!(
                    f,
                    "{host} answers but does not let this origin read the file (CORS); show it in an <img>, or fetch it through your own backend"
                )
            }
            Self::BadMedia { found, expected } => write!(f, "expected {expected}, found {found}"),
            Self::TooLarge { what } => write!(f, "{what}"),
            Self::NotReady { reason } => write!(f, "there is no GIF: {reason}"),
            Self::Token { problem } => write!(f, "getToken: {problem}"),
        }
    }
}

impl std::error::Error for ClientError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_what_was_asked_found_and_what_to_do() {
        let error =
            ClientError::Status { target: Target::Gif, status: 402, detail: Some("Insufficient credits".to_owned()) };
        let text =
            "/task/{id}/gif answered 402 (Insufficient credits); the account's plan or credits do not cover this call";
        assert_eq!(error.to_string(), text);
    }
}
