//! The contract of the sync API, over real HTTP on a database file. Each database runs this one suite.

mod events;
mod lists;
mod openapi;
mod order;
mod pages;
mod privacy;
mod session;
mod stream;
mod support;
