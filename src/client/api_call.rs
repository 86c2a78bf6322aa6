//! One API call with its retries: at most five, one token renewal, and the delays that `Retry-After` asks for.

use super::client_error::{ClientError, Fault};
use super::delays::{Jitter, MAX_RETRIES, retry_delay_ms};
use super::request::{ApiResponse, Call, Event};
use super::response_body::read_detail;
use super::retry_after::retry_after_ms;
use super::status_table::{StatusAction, status_action};

/// An API call and its retries.
#[derive(Debug, Clone)]
pub struct ApiCall {
    call: Call,
    retries: u32,
    allowed_retries: u32,
    refused: Option<ClientError>,
    renewed: bool,
    asked_ms: Option<u64>,
}

/// What to do next for a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallStep {
    /// Make the call.
    Send,
    /// Wait, then go on; `error` is the result if there is no time for that.
    Wait {
        /// How long.
        ms: u64,
        /// What made it necessary.
        error: ClientError,
    },
    /// Get a new token.
    Renew,
    /// The call is settled.
    Settled(CallOutcome),
    /// The call has failed for good.
    Stop(ClientError),
}

/// How a call was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallOutcome {
    /// 200: the body is there to be read.
    Body,
    /// 409, 425: not there yet.
    NotReady,
    /// 404, with the error it would be.
    Missing(ClientError),
}

impl ApiCall {
    /// A call with the usual five retries.
    #[must_use]
    pub fn new(call: Call) -> Self {
        Self { call, retries: 0, allowed_retries: MAX_RETRIES, refused: None, renewed: false, asked_ms: None }
    }

    /// A call that is not retried, because the next poll makes it again.
    #[must_use]
    pub fn without_retries(call: Call) -> Self {
        Self { allowed_retries: 0, ..Self::new(call) }
    }

    /// Which call it is.
    #[must_use]
    pub fn call(&self) -> Call {
        self.call
    }

    /// The delay that the latest `Retry-After` asked for, in ms.
    #[must_use]
    pub fn asked_ms(&self) -> Option<u64> {
        self.asked_ms
    }

    /// Handles `event` and returns the next step.
    pub fn on(&mut self, event: &Event<'_>, now_ms: u64, jitter: &mut Jitter) -> CallStep {
        match event {
            Event::Start | Event::Waited { .. } | Event::Renewed { renewed: true } => CallStep::Send,
            Event::Renewed { renewed: false } => self.refused.take().map_or(CallStep::Send, CallStep::Stop),
            Event::Fault(fault) => {
                self.asked_ms = None;
                let error = self.network_error(*fault);
                self.retry(error, jitter)
            }
            Event::Answer(answer) => self.on_response(answer, now_ms, jitter),
        }
    }

    fn on_response(&mut self, answer: &ApiResponse<'_>, now_ms: u64, jitter: &mut Jitter) -> CallStep {
        self.asked_ms = answer.retry_after.and_then(|value| retry_after_ms(value, answer.date, now_ms));
        let target = self.call.target();
        let error = || ClientError::Status { target, status: answer.status, detail: read_detail(answer.body) };
        match status_action(answer.status) {
            StatusAction::Read => CallStep::Settled(CallOutcome::Body),
            StatusAction::NotReady if self.call == Call::Gif => CallStep::Settled(CallOutcome::NotReady),
            StatusAction::Missing => CallStep::Settled(CallOutcome::Missing(error())),
            StatusAction::RenewToken if !self.renewed => {
                self.renewed = true;
                self.refused = Some(error());
                CallStep::Renew
            }
            StatusAction::Retry | StatusAction::NotReady => self.retry(error(), jitter),
            StatusAction::Redirect => CallStep::Stop(ClientError::Redirect { target }),
            StatusAction::RenewToken | StatusAction::Stop => CallStep::Stop(error()),
        }
    }

    fn retry(&mut self, error: ClientError, jitter: &mut Jitter) -> CallStep {
        if self.retries >= self.allowed_retries {
            return CallStep::Stop(error);
        }
        let ms = retry_delay_ms(self.retries, self.asked_ms, jitter);
        self.retries += 1;
        CallStep::Wait { ms, error }
    }

    fn network_error(&self, fault: Fault) -> ClientError {
        ClientError::Network { target: self.call.target(), fault, tries: self.retries + 1 }
    }
}
