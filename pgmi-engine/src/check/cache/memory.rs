//! Which major version a server was of: without it nobody knows which answers to look for, short of asking
//! the server.

use super::{Cache, file};

impl Cache {
    /// The major of the server that was found the last time for such a wish.
    pub fn remembered_major(&self, wish: &str) -> Option<u16> {
        std::fs::read_to_string(self.path("major", wish)).ok()?.trim().parse().ok()
    }

    /// Notes the major of a server.
    pub fn remember_major(&self, wish: &str, major: u16) {
        if self.remembered_major(wish) != Some(major) {
            // The server is asked again, then.
            let _ = file::write_text(&self.path("major", wish), &major.to_string());
        }
    }
}
