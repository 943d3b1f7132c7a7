//! Does on threads what takes too long for a key: searches in a long text, counting its parts,
//! finding an article's own terms. The answers come as events.
//!
//! A search that is not awaited any more is stopped at its next slice.

use crate::command::Input;
use crate::document::Document;
use crate::search::Request;
use crate::search::terms::{self, MAX_TERMS};
use crate::session::Session;
use crate::session::shares::SharesRequest;
use crate::shell::event::{AppEvent, EventSender};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// The searches that are under way.
pub(crate) struct Workers {
    events: EventSender,
    /// The searches by number, and the switches that stop them.
    running: Vec<(u64, Arc<AtomicBool>)>,
}

impl Workers {
    pub(crate) fn new(events: EventSender) -> Self {
        let running = Vec::new();
        Self { events, running }
    }

    /// Stops the searches that are not awaited any more, and begins those that wait; counts the
    /// article where that is asked for.
    pub(crate) fn serve(&mut self, session: &mut Session) {
        let find = &mut session.find;
        self.running.retain(|(id, stop)| {
            let wanted = find.is_awaited(*id);
            stop.store(!wanted, Ordering::Relaxed);
            wanted
        });
        for request in find.take_requests() {
            let stop = Arc::new(AtomicBool::new(false));
            self.running.push((request.id, Arc::clone(&stop)));
            self.search(request, stop);
        }
        if let Some(request) = session.pages.shares.take_request() {
            self.count(request);
        }
    }

    fn count(&self, request: SharesRequest) {
        let events = self.events.clone();
        let work = move || {
            let _ = events.send(AppEvent::Input(Input::Shares(request.answer())));
        };
        let _ = thread::Builder::new().name("shares".to_owned()).spawn(work);
    }

    fn search(&self, request: Request, stop: Arc<AtomicBool>) {
        let events = self.events.clone();
        let send = move |answer| events.send(AppEvent::Input(Input::Found(answer))).is_ok();
        let work = move || {
            request.answer(|answer| answer.is_none_or(&send) && !stop.load(Ordering::Relaxed));
        };
        // without a thread the search stays at the hits on the screen
        let _ = thread::Builder::new().name("search".to_owned()).spawn(work);
    }

    /// Finds the terms of a document.
    pub(crate) fn propose(&self, document: Arc<Document>) {
        let events = self.events.clone();
        let work = move || {
            let found = terms::terms(&document.body(), MAX_TERMS);
            let _ = events.send(AppEvent::Input(Input::Terms(found)));
        };
        let _ = thread::Builder::new().name("terms".to_owned()).spawn(work);
    }
}
