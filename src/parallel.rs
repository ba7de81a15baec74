//! Work on many items at once.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Typst's layout goes deep; a thread's usual 2 MiB are not enough for every document.
pub const STACK: usize = 16 << 20;

/// Does `work` on every item, on so many threads; the results stand in the order of the items.
pub fn in_parallel<I: Sync, O: Send>(
    items: &[I],
    threads: usize,
    work: impl Fn(usize, &I) -> O + Sync,
) -> Vec<O> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(items.len()));
    let worker = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { break };
            let result = work(at, item);
            if let Ok(mut done) = done.lock() {
                done.push((at, result));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.min(items.len()) {
            // a thread that cannot be had leaves its work to the others
            drop(std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker));
        }
        let first = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker);
        if first.is_err() {
            worker();
        }
    });
    let mut results = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}
