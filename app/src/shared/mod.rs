//! Small pieces that overlay and dashboard draw with: words, icons, the tide line, the course, and where the keyboard goes.
//!
//! Their colours are in `style/tokens.css`. Does not know scenes, commands or the network.

pub mod course;
pub mod focus;
pub mod icons;
pub mod own_model;
pub mod tide;
pub mod words;
