//! A core for the server and one for the client. Left to the system, an answer comes now from the core that waits for it
//! and now from another, and half of what a short call costs depends on that.

/// Which of the two is started, or measured.
#[derive(Clone, Copy)]
pub(crate) enum Side {
    Server,
    Client,
}

/// Keeps this thread, and what it starts from now on, on the side's core. Where there are not two cores, or nobody may
/// choose, all stays as it is.
#[cfg(target_os = "linux")]
pub(crate) fn stay(side: Side) {
    use std::sync::OnceLock;

    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

    static ALLOWED: OnceLock<Vec<usize>> = OnceLock::new();
    let allowed = ALLOWED.get_or_init(|| {
        let set = sched_getaffinity(None).unwrap_or_else(|_| CpuSet::new());
        (0..CpuSet::MAX_CPU).filter(|it| set.is_set(*it)).take(2).collect()
    });
    let [server, client] = allowed[..] else { return };
    let mut set = CpuSet::new();
    set.set(match side {
        Side::Server => server,
        Side::Client => client,
    });
    // It is better with it, and possible without.
    let _ = sched_setaffinity(None, &set);
}

/// Elsewhere it stays as it is.
#[cfg(not(target_os = "linux"))]
pub(crate) fn stay(_: Side) {}
