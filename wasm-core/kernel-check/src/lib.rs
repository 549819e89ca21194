//! Both layouts of the engine's integer products on one random shape: traps where a sum is not exact.

#[unsafe(no_mangle)]
pub extern "C" fn check(seed: u32) {
    engine::check::layouts_are_exact(seed.into());
}
