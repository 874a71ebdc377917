//! Nothing by itself: its test is what is here.
