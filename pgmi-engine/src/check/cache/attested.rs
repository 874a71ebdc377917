//! Locks that this program proved: what a committed one says need not be looked up a second time.

use super::{Cache, file};

impl Cache {
    /// Notes that this program proved a lock with exactly this text.
    pub fn attest(&self, lock: &str) {
        // Where it cannot be noted, the answers are looked up as ever.
        let _ = file::write_text(&self.path("proven", lock), "");
    }

    /// Whether it did.
    pub fn attests(&self, lock: &str) -> bool {
        let path = self.path("proven", lock);
        let is_there = path.exists();
        if is_there {
            file::touch(&path);
        }
        is_there
    }
}
