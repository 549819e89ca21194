//! Dashboard entry.

fn main() {
    app::dashboard::start();
}
