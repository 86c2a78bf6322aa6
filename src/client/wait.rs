//! Waits for the GIF of a task: polls `/gif` until it answers with a URL, and finds out meanwhile why there is none.
//!
//! `gif: null` alone gives no reason. The status says whether the task is over, the list of screenshots whether there can
//! be a GIF at all, and the steps of an old task whether it had screenshots that are gone. An answer that cannot change is
//! not asked for again.

use super::api_call::{ApiCall, CallOutcome, CallStep};
use super::client_error::{ClientError, Reason};
use super::delays::{Jitter, PollIntervals};
use super::media_policy::MediaPolicy;
use super::request::{Action, Call, Event};
use super::response_body::{TaskFacts, read_gif, read_screenshots, read_status, read_task};

/// Media are kept this long after the end of a task.
const KEPT_MS: u64 = 30 * 24 * 60 * 60 * 1000;
/// Screenshots may be stored this long after a task has ended, so that an empty list says nothing before.
const STORING_MS: u64 = 3 * 60 * 1000;
const NEW_TASK_RETRIES: u32 = 3;
const NEW_TASK_MS: u64 = 10_000;
/// Budget of requests of one wait. With pauses of up to 30 s a long wait makes about ten requests a minute; this leaves
/// room.
const BUDGET_START: u64 = 100;
const BUDGET_MS_PER_REQUEST: u64 = 2_500;

/// Options of a wait.
#[derive(Debug, Clone)]
pub struct WaitOptions {
    /// How long at most. Default ten minutes; 0 asks once and names the reason.
    pub timeout_ms: u64,
    /// The first pause between polls is drawn up to this. Default 2 s.
    pub interval_ms: Option<u64>,
    /// The task was made a moment ago: a 404 may only mean that it is not visible yet.
    pub new_task: bool,
    /// Seed of the jitter.
    pub seed: u64,
}

impl Default for WaitOptions {
    fn default() -> Self {
        Self { timeout_ms: 600_000, interval_ms: None, new_task: false, seed: 0 }
    }
}

/// The result of a wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaitEnd {
    /// The URL of the GIF, which the media policy allows.
    Ready(String),
    /// There is no GIF.
    Unavailable(Reason),
}

/// The question that the current call is to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Query {
    Gif,
    /// `/gif` answered 404: is there a task at all?
    Proof,
    Status,
    Finish,
    Screenshots,
}

/// A wait for the GIF of one task.
#[derive(Debug, Clone)]
pub struct Wait {
    options: WaitOptions,
    poll: PollIntervals,
    jitter: Jitter,
    call: ApiCall,
    query: Query,
    is_paused: bool,
    started_ms: Option<u64>,
    deadline_ms: u64,
    requests: u64,
    polls: u32,
    missing: u32,
    hold_ms: u64,
    reason: Reason,
    status: Option<String>,
    finish_known: bool,
    finished_at_ms: Option<u64>,
    steps: usize,
    none_seen_ms: Option<u64>,
    enough_screenshots: bool,
    few_screenshots_seen: u32,
    unanswered: [bool; 3],
}

impl Wait {
    /// A wait with `options`.
    #[must_use]
    pub fn new(options: WaitOptions) -> Self {
        Self {
            poll: PollIntervals::new(options.interval_ms),
            jitter: Jitter::new(options.seed),
            call: ApiCall::new(Call::Gif),
            query: Query::Gif,
            is_paused: false,
            started_ms: None,
            deadline_ms: 0,
            requests: 0,
            polls: 0,
            missing: 0,
            hold_ms: 0,
            reason: Reason::Timeout,
            status: None,
            finish_known: false,
            finished_at_ms: None,
            steps: 0,
            none_seen_ms: None,
            enough_screenshots: false,
            few_screenshots_seen: 0,
            unanswered: [false; 3],
            options,
        }
    }

    /// How many requests a wait of `timeout_ms` makes at most.
    #[must_use]
    pub fn max_requests(timeout_ms: u64) -> u64 {
        BUDGET_START + timeout_ms / BUDGET_MS_PER_REQUEST
    }

    /// How often `/gif` was asked, retries not counted.
    #[must_use]
    pub fn polls(&self) -> u32 {
        self.polls
    }

    /// The task's status in the latest response that has one.
    #[must_use]
    pub fn status(&self) -> Option<&str> {
        self.status.as_deref()
    }

    /// The reason why there is no GIF, as far as known.
    #[must_use]
    pub fn reason(&self) -> Reason {
        self.reason
    }

    /// Moves the deadline to `timeout_ms` from now if that is later: somebody else is waiting too.
    pub fn extend(&mut self, timeout_ms: u64, now_ms: u64) {
        self.deadline_ms = self.deadline_ms.max(now_ms.saturating_add(timeout_ms));
        self.options.timeout_ms =
            self.options.timeout_ms.max(self.deadline_ms.saturating_sub(self.started_ms.unwrap_or(now_ms)));
    }

    /// Handles `event` and returns the next action.
    pub fn on(&mut self, event: &Event<'_>, now_ms: u64, policy: &MediaPolicy) -> Action<WaitEnd> {
        if self.started_ms.is_none() {
            self.started_ms = Some(now_ms);
            self.deadline_ms = now_ms.saturating_add(self.options.timeout_ms);
            self.polls = 1;
        }
        if let Event::Waited { paused_ms } = event {
            self.deadline_ms = self.deadline_ms.saturating_add(*paused_ms);
            if self.is_paused {
                self.is_paused = false;
                self.polls += 1;
                return self.ask(Query::Gif);
            }
        }
        let body = if let Event::Answer(answer) = event { answer.body } else { &[] };
        match self.call.on(event, now_ms, &mut self.jitter) {
            CallStep::Send => self.send(),
            CallStep::Renew => Action::Renew,
            // One ask (timeout 0) has the retries of any other call; a longer wait keeps its promise to end.
            CallStep::Wait { ms, error } if self.options.timeout_ms > 0 && now_ms + ms > self.deadline_ms => {
                Action::Stop(error)
            }
            CallStep::Wait { ms, .. } => Action::Wait { ms, between_polls: false },
            CallStep::Settled(outcome) => self.on_outcome(outcome, body, now_ms, policy),
            CallStep::Stop(error) => self.on_error(error, now_ms),
        }
    }

    fn ask(&mut self, query: Query) -> Action<WaitEnd> {
        self.query = query;
        self.call = match query {
            Query::Gif => ApiCall::new(Call::Gif),
            Query::Proof => ApiCall::new(Call::Task),
            Query::Status => ApiCall::without_retries(Call::Status),
            Query::Finish => ApiCall::without_retries(Call::Task),
            Query::Screenshots => ApiCall::without_retries(Call::Screenshots),
        };
        self.send()
    }

    fn send(&mut self) -> Action<WaitEnd> {
        if self.requests >= Self::max_requests(self.options.timeout_ms) {
            return self.end(self.reason);
        }
        self.requests += 1;
        Action::Send(self.call.call())
    }

    fn on_outcome(&mut self, outcome: CallOutcome, body: &[u8], now_ms: u64, policy: &MediaPolicy) -> Action<WaitEnd> {
        match (self.query, outcome) {
            (Query::Gif, CallOutcome::Body) => {
                match read_gif(body).and_then(|url| url.map(|url| policy.check(&url)).transpose()) {
                    Ok(Some(url)) => Action::Done(WaitEnd::Ready(url.as_str().to_owned())),
                    Ok(None) => self.find_reason(now_ms),
                    Err(error) => Action::Stop(error),
                }
            }
            (Query::Gif, CallOutcome::Missing(_)) => self.ask(Query::Proof),
            (Query::Gif, CallOutcome::NotReady) => self.find_reason(now_ms),
            (Query::Proof, CallOutcome::Missing(_)) => self.on_missing_task(now_ms),
            (_, CallOutcome::NotReady) => self.pause(now_ms),
            // 404 is no proof: these calls have answered it for tasks that exist.
            (query, CallOutcome::Missing(_)) => self.skip_query(query, now_ms),
            (Query::Proof | Query::Finish, CallOutcome::Body) => {
                let Ok(facts) = read_task(body) else { return self.skip_query(Query::Finish, now_ms) };
                self.finish_known = TaskFacts::is_over(&facts.status);
                self.status = Some(facts.status);
                self.finished_at_ms = facts.finished_at_ms;
                self.steps = facts.steps;
                self.on_status(now_ms)
            }
            (Query::Status, CallOutcome::Body) => {
                let Ok(status) = read_status(body) else { return self.skip_query(Query::Status, now_ms) };
                self.status = Some(status);
                self.on_status(now_ms)
            }
            (Query::Screenshots, CallOutcome::Body) => {
                let Ok(list) = read_screenshots(body) else { return self.skip_query(Query::Screenshots, now_ms) };
                self.on_screenshots(list.0.len(), now_ms)
            }
        }
    }

    fn find_reason(&mut self, now_ms: u64) -> Action<WaitEnd> {
        if self.is_over() { self.on_status(now_ms) } else { self.ask_next(Query::Status, now_ms) }
    }

    fn is_over(&self) -> bool {
        self.status.as_deref().is_some_and(TaskFacts::is_over)
    }

    fn on_status(&mut self, now_ms: u64) -> Action<WaitEnd> {
        if !self.is_over() {
            self.reason = Reason::NotFinished;
            return self.pause(now_ms);
        }
        if self.reason == Reason::NotFinished {
            self.reason = Reason::Timeout;
        }
        if !self.finish_known {
            return self.ask_next(Query::Finish, now_ms);
        }
        if self.enough_screenshots {
            return self.pause(now_ms);
        }
        self.ask_next(Query::Screenshots, now_ms)
    }

    fn on_screenshots(&mut self, screenshots: usize, now_ms: u64) -> Action<WaitEnd> {
        if screenshots >= 2 {
            self.enough_screenshots = true;
            self.reason = Reason::Timeout;
            return self.pause(now_ms);
        }
        if screenshots == 0 {
            if self.is_gone(now_ms) {
                return self.end(Reason::Expired);
            }
            if self.may_be_storing(now_ms) {
                self.reason = Reason::Timeout;
                return self.pause(now_ms);
            }
        }
        self.reason = Reason::TooFewScreenshots;
        // The last screenshot may be stored after the status changes, so one look is not enough.
        self.few_screenshots_seen += 1;
        if self.few_screenshots_seen >= 2 { self.end(self.reason) } else { self.pause(now_ms) }
    }

    /// Whether an old task had screenshots once. Its date alone says nothing: there are servers that keep media for
    /// ever, and tasks that never had any.
    fn is_gone(&self, now_ms: u64) -> bool {
        self.steps >= 2 && self.finished_at_ms.is_some_and(|finished| now_ms > finished.saturating_add(KEPT_MS))
    }

    /// Whether the task ended a moment ago, by its own word and by what was seen here: clocks may differ.
    fn may_be_storing(&mut self, now_ms: u64) -> bool {
        let seen = *self.none_seen_ms.get_or_insert(now_ms);
        let since = self.finished_at_ms.map_or(seen, |finished| finished.min(seen));
        now_ms < since.saturating_add(STORING_MS)
    }

    /// Asks the next question about the reason, unless the server has shown that it does not answer it.
    fn ask_next(&mut self, query: Query, now_ms: u64) -> Action<WaitEnd> {
        match query {
            Query::Status if self.unanswered[0] => self.ask_next(Query::Finish, now_ms),
            Query::Finish if self.unanswered[1] => self.ask_next(Query::Screenshots, now_ms),
            Query::Screenshots if self.unanswered[2] || !self.is_over() => self.pause(now_ms),
            _ => self.ask(query),
        }
    }

    /// Stops asking `query`: the server has shown that it does not answer it.
    fn skip_query(&mut self, query: Query, now_ms: u64) -> Action<WaitEnd> {
        match query {
            Query::Status => {
                self.unanswered[0] = true;
                self.ask_next(Query::Finish, now_ms)
            }
            Query::Finish | Query::Proof => {
                self.unanswered[1] = true;
                self.finish_known = true;
                self.ask_next(Query::Screenshots, now_ms)
            }
            // Some servers answer this so once the media are gone.
            Query::Screenshots if self.is_gone(now_ms) => self.end(Reason::Expired),
            Query::Screenshots | Query::Gif => {
                self.unanswered[2] = true;
                self.enough_screenshots = true;
                self.pause(now_ms)
            }
        }
    }

    /// Both `/gif` and `/task/{id}` answered 404.
    fn on_missing_task(&mut self, now_ms: u64) -> Action<WaitEnd> {
        self.reason = Reason::NotFound;
        let age = now_ms.saturating_sub(self.started_ms.unwrap_or(now_ms));
        if !self.options.new_task || self.missing >= NEW_TASK_RETRIES || age >= NEW_TASK_MS {
            return self.end(Reason::NotFound);
        }
        self.missing += 1;
        self.is_paused = true;
        let ms = self.jitter.up_to(NEW_TASK_MS / u64::from(NEW_TASK_RETRIES)).min(NEW_TASK_MS - age);
        Action::Wait { ms, between_polls: true }
    }

    fn on_error(&mut self, error: ClientError, now_ms: u64) -> Action<WaitEnd> {
        let unauthorized = error.code() == "UNAUTHORIZED";
        match self.query {
            Query::Gif if error.status() == Some(410) => self.end(Reason::Expired),
            Query::Gif | Query::Proof => Action::Stop(error),
            _ if unauthorized => Action::Stop(error),
            query => {
                self.hold_ms = self.call.asked_ms().unwrap_or(0);
                let passing = matches!(error.code().as_ref(), "NETWORK" | "SERVER" | "RATE_LIMITED");
                if passing { self.pause(now_ms) } else { self.skip_query(query, now_ms) }
            }
        }
    }

    /// The pause before the next poll, or the end when there is no time for one.
    fn pause(&mut self, now_ms: u64) -> Action<WaitEnd> {
        let left = self.deadline_ms.saturating_sub(now_ms);
        let hold = std::mem::take(&mut self.hold_ms);
        if left == 0 || hold > left {
            return self.end(self.reason);
        }
        self.is_paused = true;
        let ms = self.poll.next(&mut self.jitter).max(hold).min(left);
        Action::Wait { ms, between_polls: true }
    }

    fn end(&mut self, reason: Reason) -> Action<WaitEnd> {
        self.reason = reason;
        Action::Done(WaitEnd::Unavailable(reason))
    }
}
