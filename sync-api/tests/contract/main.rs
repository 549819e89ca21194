//! The contract of the sync API, over real HTTP on a database file. Each database runs this one suite.
#![expect(clippy::unwrap_used, reason = "in a test a failed unwrap is a failed test")]

mod events;
mod figures;
mod labels;
mod lists;
mod locators;
mod openapi;
mod order;
mod own_model;
mod pages;
mod privacy;
mod process;
mod session;
mod stream;
mod support;
mod taking;
