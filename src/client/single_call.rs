//! One API call, such as `GET /task/{id}/gif`, as a job. A 404 is reported only when the task itself is missing too.

use super::api_call::{ApiCall, CallOutcome, CallStep};
use super::client_error::ClientError;
use super::delays::Jitter;
use super::media_policy::MediaPolicy;
use super::request::{Action, Call, Event};
use super::response_body::{TaskFacts, read_gif, read_screenshots, read_status, read_task};

/// The result of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SingleCallFound {
    /// The GIF's address, `None` when there is no GIF (yet).
    Gif(Option<String>),
    /// The task: what was read of it. The body itself goes to the caller.
    Task(TaskFacts),
    /// The status.
    Status(String),
    /// The addresses of the screenshots.
    Screenshots(Vec<String>),
}

/// A plain call on its way.
#[derive(Debug, Clone)]
pub struct SingleCall {
    wanted: Call,
    call: ApiCall,
    jitter: Jitter,
}

impl SingleCall {
    /// The most requests a lookup makes: the call and the proof, each with five retries and one renewal.
    pub const MAX_REQUESTS: u32 = 14;

    /// A lookup of `wanted`.
    #[must_use]
    pub fn new(wanted: Call, seed: u64) -> Self {
        Self { wanted, call: ApiCall::new(wanted), jitter: Jitter::new(seed) }
    }

    /// Handles `event` and returns the next action.
    pub fn on(&mut self, event: &Event<'_>, now_ms: u64) -> Action<SingleCallFound> {
        match self.call.on(event, now_ms, &mut self.jitter) {
            CallStep::Send => Action::Send(self.call.call()),
            CallStep::Wait { ms, .. } => Action::Wait { ms, between_polls: false },
            CallStep::Renew => Action::Renew,
            CallStep::Stop(error) => Action::Stop(error),
            CallStep::Settled(outcome) => {
                let body = if let Event::Answer(answer) = event { answer.body } else { &[] };
                self.settle(outcome, body).unwrap_or_else(Action::Stop)
            }
        }
    }

    fn settle(&mut self, outcome: CallOutcome, body: &[u8]) -> Result<Action<SingleCallFound>, ClientError> {
        let proving = self.call.call() != self.wanted;
        let found = match outcome {
            CallOutcome::Body if proving => self.nothing(),
            CallOutcome::Body => self.read(body)?,
            CallOutcome::NotReady => SingleCallFound::Gif(None),
            CallOutcome::Missing(_) if !proving && matches!(self.wanted, Call::Gif | Call::Screenshots) => {
                self.call = ApiCall::new(Call::Task);
                return Ok(Action::Send(Call::Task));
            }
            CallOutcome::Missing(error) => return Err(error),
        };
        Ok(Action::Done(found))
    }

    /// What stands when the call answered 404 and the task exists.
    fn nothing(&self) -> SingleCallFound {
        match self.wanted {
            Call::Screenshots => SingleCallFound::Screenshots(Vec::new()),
            _ => SingleCallFound::Gif(None),
        }
    }

    fn read(&self, body: &[u8]) -> Result<SingleCallFound, ClientError> {
        Ok(match self.wanted {
            Call::Gif => {
                let url = read_gif(body)?;
                if let Some(url) = &url {
                    MediaPolicy::check_shape(url)?;
                }
                SingleCallFound::Gif(url)
            }
            Call::Task => SingleCallFound::Task(read_task(body)?),
            Call::Status => SingleCallFound::Status(read_status(body)?),
            Call::Screenshots => SingleCallFound::Screenshots(read_screenshots(body)?.0),
        })
    }
}
