//! A transport made of a script and a clock that jumps: runs a job to its end and keeps a record.

use task_gif::client::{
    Action, ApiResponse, BaseUrl, Call, ClientError, Download, DownloadAction, DownloadEvent, Event, Fault, GifFacts,
    MediaEvent, MediaHead, MediaPolicy, SingleCall, SingleCallFound, Wait, WaitEnd,
};

/// When every test starts: 2026-03-02 09:00 UTC.
pub(crate) const START_MS: u64 = 1_772_442_000_000;

/// What the server does with one request.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// A status, a body.
    Api(u16, String),
    /// A status with `Retry-After`.
    Later(u16, &'static str),
    /// No whole answer.
    Fault(Fault),
    /// A file: status, type, location, announced length, bytes in pieces, and whether it breaks off at the end.
    File {
        status: u16,
        kind: &'static str,
        location: Option<String>,
        length: Option<u64>,
        pieces: Vec<Vec<u8>>,
        fault: Option<Fault>,
    },
}

pub(crate) fn ok(body: &str) -> Reply {
    Reply::Api(200, body.to_owned())
}

pub(crate) fn status(status: u16) -> Reply {
    Reply::Api(status, "{\"detail\": \"as the server says\"}".to_owned())
}

pub(crate) fn gif_at(url: &str) -> Reply {
    ok(&format!("{{\"gif\": \"{url}\"}}"))
}

pub(crate) fn file(kind: &'static str, bytes: &[u8]) -> Reply {
    Reply::File { status: 200, kind, location: None, length: None, pieces: vec![bytes.to_vec()], fault: None }
}

pub(crate) fn file_status(status: u16, location: Option<&str>) -> Reply {
    let location = location.map(str::to_owned);
    Reply::File { status, kind: "", location, length: None, pieces: Vec::new(), fault: None }
}

/// The record of a run, and what the server still has to say.
pub(crate) struct Bench {
    answers: Box<dyn FnMut(&Asked) -> Reply>,
    pub(crate) policy: MediaPolicy,
    pub(crate) now_ms: u64,
    pub(crate) asked: Vec<Asked>,
    pub(crate) waits: Vec<u64>,
    pub(crate) pauses: Vec<u64>,
    pub(crate) renewals: u32,
    /// Whether a new token can be had.
    pub(crate) tokens: bool,
    /// What a probe finds.
    pub(crate) reachable: bool,
    pub(crate) probes: u32,
}

/// A request as the server sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asked {
    Api(Call),
    File(String),
}

impl Bench {
    /// A server that answers by `answers`.
    pub(crate) fn with(answers: impl FnMut(&Asked) -> Reply + 'static) -> Self {
        let base = BaseUrl::new("https://example.com/api/v1").unwrap();
        Self {
            answers: Box::new(answers),
            policy: MediaPolicy::new(&base, None, true).unwrap(),
            now_ms: START_MS,
            asked: Vec::new(),
            waits: Vec::new(),
            pauses: Vec::new(),
            renewals: 0,
            tokens: true,
            reachable: false,
            probes: 0,
        }
    }

    /// A server that gives these answers in turn and repeats the last one.
    pub(crate) fn new(answers: &[Reply]) -> Self {
        let answers = answers.to_vec();
        let mut turn = 0;
        Self::with(move |_| {
            turn += 1;
            answers[(turn - 1).min(answers.len() - 1)].clone()
        })
    }

    /// A server that answers each call by name.
    pub(crate) fn by_call(gif: &Reply, task: &Reply, status: &Reply, screenshots: &Reply) -> Self {
        let all = [gif.clone(), task.clone(), status.clone(), screenshots.clone()];
        Self::with(move |asked| match asked {
            Asked::Api(Call::Gif) | Asked::File(_) => all[0].clone(),
            Asked::Api(Call::Task) => all[1].clone(),
            Asked::Api(Call::Status) => all[2].clone(),
            Asked::Api(Call::Screenshots) => all[3].clone(),
        })
    }

    pub(crate) fn count(&self, call: Call) -> usize {
        self.asked.iter().filter(|asked| **asked == Asked::Api(call)).count()
    }

    pub(crate) fn lookup(&mut self, call: Call) -> Result<SingleCallFound, ClientError> {
        let mut job = SingleCall::new(call, 1);
        self.api(move |event, now, _| job.on(event, now))
    }

    pub(crate) fn wait(&mut self, job: &mut Wait) -> Result<WaitEnd, ClientError> {
        self.api(|event, now, policy| job.on(event, now, policy))
    }

    fn api<T>(&mut self, mut job: impl FnMut(&Event<'_>, u64, &MediaPolicy) -> Action<T>) -> Result<T, ClientError> {
        let mut action = job(&Event::Start, self.now_ms, &self.policy);
        loop {
            action = match action {
                Action::Done(found) => return Ok(found),
                Action::Stop(error) => return Err(error),
                Action::Renew => job(&self.renew(), self.now_ms, &self.policy),
                Action::Wait { ms, between_polls } => {
                    self.pass(ms, between_polls);
                    job(&Event::Waited { paused_ms: 0 }, self.now_ms, &self.policy)
                }
                Action::Send(call) => {
                    let reply = self.ask(Asked::Api(call));
                    job(&api_event(&reply), self.now_ms, &self.policy)
                }
            };
        }
    }

    pub(crate) fn download(&mut self, mut job: Download) -> Result<Option<GifFacts>, ClientError> {
        let mut action = job.start(self.now_ms, &self.policy);
        let mut body: Vec<DownloadPiece> = Vec::new();
        loop {
            let event = |bench: &Self, job: &mut Download, event: &DownloadEvent<'_>| {
                job.on(event, bench.now_ms, &bench.policy)
            };
            action = match action {
                DownloadAction::Done(facts) => return Ok(facts),
                DownloadAction::Stop(error) => return Err(error),
                DownloadAction::Renew => {
                    let renewed = self.renew();
                    event(self, &mut job, &DownloadEvent::Api(renewed))
                }
                DownloadAction::Wait { ms, between_polls } => {
                    self.pass(ms, between_polls);
                    event(self, &mut job, &DownloadEvent::Api(Event::Waited { paused_ms: 0 }))
                }
                DownloadAction::Send(call) => {
                    let reply = self.ask(Asked::Api(call));
                    event(self, &mut job, &DownloadEvent::Api(api_event(&reply)))
                }
                DownloadAction::Probe(_) => {
                    self.probes += 1;
                    let probed = MediaEvent::Probed { reachable: self.reachable };
                    event(self, &mut job, &DownloadEvent::Media(probed))
                }
                DownloadAction::Fetch(address) => {
                    let reply = self.ask(Asked::File(address.as_str().to_owned()));
                    let (first, rest) = pieces(&reply);
                    body = rest;
                    event(self, &mut job, &DownloadEvent::Media(first.event(address.as_str())))
                }
                DownloadAction::Read if body.is_empty() => {
                    event(self, &mut job, &DownloadEvent::Media(MediaEvent::End))
                }
                DownloadAction::Read => {
                    let piece = body.remove(0);
                    event(self, &mut job, &DownloadEvent::Media(piece.event("")))
                }
            };
        }
    }

    fn ask(&mut self, asked: Asked) -> Reply {
        self.now_ms += 50;
        let reply = (self.answers)(&asked);
        self.asked.push(asked);
        assert!(self.asked.len() < 5_000, "the job does not settle");
        reply
    }

    fn renew(&mut self) -> Event<'static> {
        self.renewals += 1;
        Event::Renewed { renewed: self.tokens }
    }

    fn pass(&mut self, ms: u64, between_polls: bool) {
        self.now_ms += ms;
        if between_polls { self.pauses.push(ms) } else { self.waits.push(ms) }
    }
}

/// What arrives of a file, one piece at a time.
enum DownloadPiece {
    Head {
        status: u16,
        kind: &'static str,
        location: Option<String>,
        length: Option<u64>,
        retry_after: Option<&'static str>,
    },
    Bytes(Vec<u8>),
    Fault(Fault),
}

impl DownloadPiece {
    fn event<'a>(&'a self, url: &'a str) -> MediaEvent<'a> {
        match self {
            Self::Head { status, kind, location, length, retry_after } => MediaEvent::Head(MediaHead {
                status: *status,
                location: location.as_deref(),
                final_url: url,
                content_type: Some(kind),
                content_length: *length,
                retry_after: *retry_after,
                date: None,
            }),
            Self::Bytes(bytes) => MediaEvent::Bytes(bytes),
            Self::Fault(fault) => MediaEvent::Fault(*fault),
        }
    }
}

fn pieces(reply: &Reply) -> (DownloadPiece, Vec<DownloadPiece>) {
    let head = |status: u16, retry_after| DownloadPiece::Head {
        status,
        kind: "text/plain",
        location: None,
        length: None,
        retry_after,
    };
    match reply {
        Reply::Api(status, _) => (head(*status, None), Vec::new()),
        Reply::Later(status, retry_after) => (head(*status, Some(retry_after)), Vec::new()),
        Reply::Fault(fault) => (DownloadPiece::Fault(*fault), Vec::new()),
        Reply::File { status, kind, location, length, pieces, fault } => {
            let location = location.clone();
            let first = DownloadPiece::Head { status: *status, kind, location, length: *length, retry_after: None };
            let bytes = pieces.iter().cloned().map(DownloadPiece::Bytes);
            (first, bytes.chain(fault.map(DownloadPiece::Fault)).collect())
        }
    }
}

fn api_event(reply: &Reply) -> Event<'_> {
    match reply {
        Reply::Api(status, body) => {
            Event::Answer(ApiResponse { status: *status, body: body.as_bytes(), ..ApiResponse::default() })
        }
        Reply::Later(status, retry_after) => {
            Event::Answer(ApiResponse { status: *status, retry_after: Some(retry_after), ..ApiResponse::default() })
        }
        Reply::Fault(fault) => Event::Fault(*fault),
        Reply::File { status, .. } => Event::Answer(ApiResponse { status: *status, ..ApiResponse::default() }),
    }
}
