//! Waiting for the GIF: asks `/gif` until there is an address, and in between finds out why there is none.
//!
//! `gif: null` alone says nothing. The status tells whether the task is over, the list of screenshots whether there can
//! be one at all, and whether media are gone that the steps of an old task once had. What is learned for good is not
//! asked again.

use super::body::{TaskFacts, read_gif, read_screenshots, read_status, read_task};
use super::error::{ClientError, Reason};
use super::exchange::{Exchange, Reply, Turn};
use super::media::MediaRules;
use super::request::{Action, Call, Event};
use super::schedule::{Jitter, Poll};

/// Media are kept this long after the end of a task.
const KEPT_MS: u64 = 30 * 24 * 60 * 60 * 1000;
/// Screenshots may be stored this long after a task has ended, so that an empty list says nothing before.
const STORING_MS: u64 = 3 * 60 * 1000;
const NEW_TASK_RETRIES: u32 = 3;
const NEW_TASK_MS: u64 = 10_000;
/// Polls draw their pauses up to 30 s, so a patient wait asks about ten times a minute at most; this leaves room.
const BUDGET_START: u64 = 100;
const BUDGET_MS_PER_REQUEST: u64 = 2_500;

/// How to wait.
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

/// How the waiting ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaitEnd {
    /// The GIF is at this address, which passed the media rules.
    Ready(String),
    /// There is no GIF.
    Unavailable(Reason),
}

/// Why the current call is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asking {
    Gif,
    /// `/gif` answered 404: is there a task at all?
    Proof,
    Status,
    Finish,
    Screenshots,
}

/// A wait on its way.
#[derive(Debug, Clone)]
pub struct Wait {
    options: WaitOptions,
    poll: Poll,
    jitter: Jitter,
    exchange: Exchange,
    asking: Asking,
    resting: bool,
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
    few_seen: u32,
    useless: [bool; 3],
}

impl Wait {
    /// A wait with `options`.
    #[must_use]
    pub fn new(options: WaitOptions) -> Self {
        Self {
            poll: Poll::new(options.interval_ms),
            jitter: Jitter::new(options.seed),
            exchange: Exchange::new(Call::Gif),
            asking: Asking::Gif,
            resting: false,
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
            few_seen: 0,
            useless: [false; 3],
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

    /// The task's status as last heard.
    #[must_use]
    pub fn status(&self) -> Option<&str> {
        self.status.as_deref()
    }

    /// Why there is no GIF, as far as it is known now.
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

    /// Takes what happened and says what comes next.
    pub fn on(&mut self, event: &Event<'_>, now_ms: u64, rules: &MediaRules) -> Action<WaitEnd> {
        if self.started_ms.is_none() {
            self.started_ms = Some(now_ms);
            self.deadline_ms = now_ms.saturating_add(self.options.timeout_ms);
            self.polls = 1;
        }
        if let Event::Waited { paused_ms } = event {
            self.deadline_ms = self.deadline_ms.saturating_add(*paused_ms);
            if self.resting {
                self.resting = false;
                self.polls += 1;
                return self.ask(Asking::Gif);
            }
        }
        let body = if let Event::Answer(answer) = event { answer.body } else { &[] };
        match self.exchange.on(event, now_ms, &mut self.jitter) {
            Turn::Send => self.send(),
            Turn::Renew => Action::Renew,
            // One ask (timeout 0) has the retries of any other call; a longer wait keeps its promise to end.
            Turn::Wait { ms, error } if self.options.timeout_ms > 0 && now_ms + ms > self.deadline_ms => {
                Action::Stop(error)
            }
            Turn::Wait { ms, .. } => Action::Wait { ms, between_polls: false },
            Turn::Reply(reply) => self.hear(reply, body, now_ms, rules),
            Turn::Stop(error) => self.fail(error, now_ms),
        }
    }

    fn ask(&mut self, asking: Asking) -> Action<WaitEnd> {
        self.asking = asking;
        self.exchange = match asking {
            Asking::Gif => Exchange::new(Call::Gif),
            Asking::Proof => Exchange::new(Call::Task),
            Asking::Status => Exchange::without_retries(Call::Status),
            Asking::Finish => Exchange::without_retries(Call::Task),
            Asking::Screenshots => Exchange::without_retries(Call::Screenshots),
        };
        self.send()
    }

    fn send(&mut self) -> Action<WaitEnd> {
        if self.requests >= Self::max_requests(self.options.timeout_ms) {
            return self.end(self.reason);
        }
        self.requests += 1;
        Action::Send(self.exchange.call())
    }

    fn hear(&mut self, reply: Reply, body: &[u8], now_ms: u64, rules: &MediaRules) -> Action<WaitEnd> {
        match (self.asking, reply) {
            (Asking::Gif, Reply::Body) => {
                match read_gif(body).and_then(|url| url.map(|url| rules.check(&url)).transpose()) {
                    Ok(Some(url)) => Action::Done(WaitEnd::Ready(url.as_str().to_owned())),
                    Ok(None) => self.find_reason(now_ms),
                    Err(error) => Action::Stop(error),
                }
            }
            (Asking::Gif, Reply::Missing(_)) => self.ask(Asking::Proof),
            (Asking::Gif, Reply::NotReady) => self.find_reason(now_ms),
            (Asking::Proof, Reply::Missing(_)) => self.doubt(now_ms),
            (_, Reply::NotReady) => self.rest(now_ms),
            // 404 is no proof: these calls have answered it for tasks that exist.
            (asking, Reply::Missing(_)) => self.skip(asking, now_ms),
            (Asking::Proof | Asking::Finish, Reply::Body) => {
                let Ok(facts) = read_task(body) else { return self.skip(Asking::Finish, now_ms) };
                self.finish_known = TaskFacts::is_over(&facts.status);
                self.status = Some(facts.status);
                self.finished_at_ms = facts.finished_at_ms;
                self.steps = facts.steps;
                self.go_on_with_status(now_ms)
            }
            (Asking::Status, Reply::Body) => {
                let Ok(status) = read_status(body) else { return self.skip(Asking::Status, now_ms) };
                self.status = Some(status);
                self.go_on_with_status(now_ms)
            }
            (Asking::Screenshots, Reply::Body) => {
                let Ok(list) = read_screenshots(body) else { return self.skip(Asking::Screenshots, now_ms) };
                self.count(list.0.len(), now_ms)
            }
        }
    }

    fn find_reason(&mut self, now_ms: u64) -> Action<WaitEnd> {
        if self.is_over() { self.go_on_with_status(now_ms) } else { self.next(Asking::Status, now_ms) }
    }

    fn is_over(&self) -> bool {
        self.status.as_deref().is_some_and(TaskFacts::is_over)
    }

    fn go_on_with_status(&mut self, now_ms: u64) -> Action<WaitEnd> {
        if !self.is_over() {
            self.reason = Reason::NotFinished;
            return self.rest(now_ms);
        }
        if self.reason == Reason::NotFinished {
            self.reason = Reason::Timeout;
        }
        if !self.finish_known {
            return self.next(Asking::Finish, now_ms);
        }
        if self.enough_screenshots {
            return self.rest(now_ms);
        }
        self.next(Asking::Screenshots, now_ms)
    }

    fn count(&mut self, screenshots: usize, now_ms: u64) -> Action<WaitEnd> {
        if screenshots >= 2 {
            self.enough_screenshots = true;
            self.reason = Reason::Timeout;
            return self.rest(now_ms);
        }
        if screenshots == 0 {
            if self.is_gone(now_ms) {
                return self.end(Reason::Expired);
            }
            if self.may_be_storing(now_ms) {
                self.reason = Reason::Timeout;
                return self.rest(now_ms);
            }
        }
        self.reason = Reason::TooFewScreenshots;
        // The last screenshot may be stored after the status changes, so one look is not enough.
        self.few_seen += 1;
        if self.few_seen >= 2 { self.end(self.reason) } else { self.rest(now_ms) }
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
    fn next(&mut self, asking: Asking, now_ms: u64) -> Action<WaitEnd> {
        match asking {
            Asking::Status if self.useless[0] => self.next(Asking::Finish, now_ms),
            Asking::Finish if self.useless[1] => self.next(Asking::Screenshots, now_ms),
            Asking::Screenshots if self.useless[2] || !self.is_over() => self.rest(now_ms),
            _ => self.ask(asking),
        }
    }

    /// Goes on without the answer to a question about the reason, for good.
    fn skip(&mut self, asking: Asking, now_ms: u64) -> Action<WaitEnd> {
        match asking {
            Asking::Status => {
                self.useless[0] = true;
                self.next(Asking::Finish, now_ms)
            }
            Asking::Finish | Asking::Proof => {
                self.useless[1] = true;
                self.finish_known = true;
                self.next(Asking::Screenshots, now_ms)
            }
            // Some servers answer this so once the media are gone.
            Asking::Screenshots if self.is_gone(now_ms) => self.end(Reason::Expired),
            Asking::Screenshots | Asking::Gif => {
                self.useless[2] = true;
                self.enough_screenshots = true;
                self.rest(now_ms)
            }
        }
    }

    /// Neither `/gif` nor the task is there.
    fn doubt(&mut self, now_ms: u64) -> Action<WaitEnd> {
        self.reason = Reason::NotFound;
        let age = now_ms.saturating_sub(self.started_ms.unwrap_or(now_ms));
        if !self.options.new_task || self.missing >= NEW_TASK_RETRIES || age >= NEW_TASK_MS {
            return self.end(Reason::NotFound);
        }
        self.missing += 1;
        self.resting = true;
        let ms = self.jitter.up_to(NEW_TASK_MS / u64::from(NEW_TASK_RETRIES)).min(NEW_TASK_MS - age);
        Action::Wait { ms, between_polls: true }
    }

    fn fail(&mut self, error: ClientError, now_ms: u64) -> Action<WaitEnd> {
        let unauthorized = error.code() == "UNAUTHORIZED";
        match self.asking {
            Asking::Gif if error.status() == Some(410) => self.end(Reason::Expired),
            Asking::Gif | Asking::Proof => Action::Stop(error),
            _ if unauthorized => Action::Stop(error),
            asking => {
                self.hold_ms = self.exchange.asked_ms().unwrap_or(0);
                let passing = matches!(error.code().as_ref(), "NETWORK" | "SERVER" | "RATE_LIMITED");
                if passing { self.rest(now_ms) } else { self.skip(asking, now_ms) }
            }
        }
    }

    /// The pause before the next poll, or the end when there is no time for one.
    fn rest(&mut self, now_ms: u64) -> Action<WaitEnd> {
        let left = self.deadline_ms.saturating_sub(now_ms);
        let hold = std::mem::take(&mut self.hold_ms);
        if left == 0 || hold > left {
            return self.end(self.reason);
        }
        self.resting = true;
        let ms = self.poll.next(&mut self.jitter).max(hold).min(left);
        Action::Wait { ms, between_polls: true }
    }

    fn end(&mut self, reason: Reason) -> Action<WaitEnd> {
        self.reason = reason;
        Action::Done(WaitEnd::Unavailable(reason))
    }
}
