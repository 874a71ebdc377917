//! SCRAM that is bound to its TLS connection.

use pgmi_tests::on_every_major;

use super::authority::Authority;
use super::fares;
use super::secured::Secured;

on_every_major! {
    fn channel_binding_is_used_where_it_can_be(major: u16) {
        let mut server = Secured::start(major);
        let ours = Authority::new("ours");
        server.secure(&ours.sign("server", &["localhost"]), &ours);
        server.admit("host all app all scram-sha-256\nhost all plain all password\nhostssl all certified all trust");
        let fare = |user: &str, more: &str| fares(&format!("{} {more}", server.with_password(user)), &[]);
        for binding in ["disable", "prefer", "require"] {
            let said = fare("app", &format!("sslmode=require channel_binding={binding}"));
            assert_eq!(said, "app by TLS", "{binding}");
        }
        // Nothing to bind to; a password in the clear; nobody asked for anything.
        for (user, more) in [("app", "sslmode=disable"), ("plain", "sslmode=require"), ("certified", "sslmode=require")] {
            let said = fare(user, &format!("{more} channel_binding=require"));
            assert!(said.starts_with("11 "), "{user} {more}: {said}");
            assert!(!fare(user, &format!("{more} channel_binding=prefer")).starts_with("11 "), "{user} {more}");
        }
    }

    fn a_wrong_password_is_told_with_where_it_is_from(major: u16) {
        let mut server = Secured::start(major);
        let ours = Authority::new("ours");
        server.secure(&ours.sign("server", &["localhost"]), &ours);
        server.admit("hostssl all app all scram-sha-256");
        let said = fares(&server.of("app"), &[("PGPASSWORD", "SENTINEL")]);
        assert!(said.starts_with("11 ") && said.contains("password authentication failed"), "{said}");
        assert!(said.contains("the password is from PGPASSWORD") && !said.contains("SENTINEL"), "{said}");
        let none = fares(&server.of("app"), &[]);
        assert!(none.contains("the server asks for a password, and none is known"), "{none}");
    }
}
