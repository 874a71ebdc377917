//! A library that is built only while its project can be deployed, as far as that can be known without a
//! server.
