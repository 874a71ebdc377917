//! Which user a server runs as: PostgreSQL refuses to run as root.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use crate::Result;
use crate::cluster::failed;

/// The owner of a server's processes and files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Account {
    pub uid: u32,
    pub gid: u32,
    /// We are root, and give that up for the server.
    pub dropped: bool,
}

/// Users without privileges, best first. `nobody` exists everywhere.
const UNPRIVILEGED: [&str; 3] = ["postgres", "_postgres", "nobody"];

impl Account {
    /// Ourselves; an unprivileged user when we are root.
    pub(super) fn of_servers() -> Result<Self> {
        let uid = rustix::process::geteuid();
        if !uid.is_root() {
            let gid = rustix::process::getegid();
            return Ok(Self { uid: uid.as_raw(), gid: gid.as_raw(), dropped: false });
        }
        let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
        UNPRIVILEGED.iter().find_map(|name| named(&users, name)).ok_or_else(|| {
            failed("PostgreSQL does not run as root, and there is no other user to run it as")
                .help("add a user named postgres, or run this as another user")
                .into()
        })
    }

    /// Makes a command run as this user.
    pub(super) fn apply(self, command: &mut Command) {
        if self.dropped {
            // std drops the supplementary groups of root together with its uid.
            command.uid(self.uid).gid(self.gid);
        }
    }

    /// Whether this user can reach what lies below a folder.
    pub(super) fn can_enter(self, folder: &Path) -> bool {
        !self.dropped || folder.ancestors().all(|it| it.metadata().is_ok_and(|it| self.passes(&it)))
    }

    fn passes(self, folder: &fs::Metadata) -> bool {
        let shift = match (folder.uid() == self.uid, folder.gid() == self.gid) {
            (true, _) => 6,
            (false, true) => 3,
            (false, false) => 0,
        };
        folder.mode() >> shift & 1 == 1
    }
}

/// A line of `/etc/passwd`: `name:x:uid:gid:…`. macOS writes the uid of `nobody` as -2.
fn named(users: &str, name: &str) -> Option<Account> {
    let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    #[expect(clippy::cast_sign_loss, reason = "-2 is meant as the kernel's uid_t")]
    let mut number = || Some(fields.next()?.parse::<i64>().ok()? as u32);
    let (uid, gid) = (number()?, number()?);
    (uid != 0).then_some(Account { uid, gid, dropped: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_read_from_passwd() {
        let users =
            "root:x:0:0:root:/root:/bin/sh\nnobody:*:-2:-2:x:/:/x\npostgres:x:101:104::/:\n";
        assert_eq!(named(users, "postgres"), Some(Account { uid: 101, gid: 104, dropped: true }));
        assert_eq!(named(users, "nobody").map(|it| it.uid), Some(u32::MAX - 1));
        assert_eq!(named(users, "root"), None, "root is no way out");
        assert_eq!(named(users, "post"), None);
    }
}
