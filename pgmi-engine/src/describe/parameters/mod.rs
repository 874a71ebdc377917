//! Whether NULL means something for a parameter.
