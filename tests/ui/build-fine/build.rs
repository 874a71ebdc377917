fn main() {
    pgmi_build::check("db");
}
