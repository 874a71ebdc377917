//! What is wrong with the project fails the build; a changed file runs this again.

fn main() {
    pgmi_build::check("../metadata/db");
}
