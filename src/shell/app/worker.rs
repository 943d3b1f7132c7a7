//! Carries out what takes too long for a key: searches in a long text, finding
//! an article's own terms. A thread each; the answers come in like keys.
//!
//! A search that nobody waits for any more is stopped at its next slice.

use crate::command::Input;
use crate::document::Document;
use crate::search::{Request, terms};
use crate::session::Find;
use crate::shell::event::AppEvent;
use crate::shell::event::EventSender;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// Terms that are proposed.
const TERMS: usize = 16;

/// The searches that are under way.
pub struct Workers {
    events: EventSender,
    running: Vec<(u64, Arc<AtomicBool>)>,
}

impl Workers {
    /// None yet; answers go by `events`.
    pub fn new(events: EventSender) -> Self {
        Self {
            events,
            running: Vec::new(),
        }
    }

    /// Stops what nobody waits for, begins what waits.
    pub fn serve(&mut self, find: &mut Find) {
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
    }

    fn search(&self, request: Request, stop: Arc<AtomicBool>) {
        let events = self.events.clone();
        let work = move || {
            request.answer(|answer| {
                let heard =
                    answer.is_none_or(|a| events.send(AppEvent::Input(Input::Found(a))).is_ok());
                heard && !stop.load(Ordering::Relaxed)
            });
        };
        // without a thread the search stays as it is: what is on the screen
        let _ = thread::Builder::new().name("search".to_owned()).spawn(work);
    }

    /// Finds the terms of a document.
    pub fn propose(&self, document: Arc<Document>) {
        let events = self.events.clone();
        let work = move || {
            let _ = events.send(AppEvent::Input(Input::Terms(terms::terms(
                document.text(),
                TERMS,
            ))));
        };
        let _ = thread::Builder::new().name("terms".to_owned()).spawn(work);
    }
}
