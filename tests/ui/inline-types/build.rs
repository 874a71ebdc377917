fn main() {
    pgmi_build::compile();
}
