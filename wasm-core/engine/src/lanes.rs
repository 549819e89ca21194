//! Eight floats at a time, for loops that the compiler does not vectorise well by itself.
//!
//! With relaxed SIMD a product and a sum are rounded once, elsewhere twice.

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub use wasm::Lanes;

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub use plain::Lanes;

pub const LANES: usize = 8;

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod plain {
    use super::LANES;

    #[derive(Clone, Copy)]
    pub struct Lanes([f32; LANES]);

    impl Lanes {
        #[inline(always)]
        pub fn splat(x: f32) -> Self {
            Self([x; LANES])
        }

        #[inline(always)]
        pub fn load(from: &[f32; LANES]) -> Self {
            Self(*from)
        }

        #[inline(always)]
        pub fn store(self, to: &mut [f32; LANES]) {
            *to = self.0;
        }

        #[inline(always)]
        pub fn from_integers(from: &[i32; LANES]) -> Self {
            Self(from.map(|x| x as f32))
        }

        #[inline(always)]
        pub fn plus(self, other: Self) -> Self {
            Self(std::array::from_fn(|i| self.0[i] + other.0[i]))
        }

        #[inline(always)]
        pub fn times(self, other: Self) -> Self {
            Self(std::array::from_fn(|i| self.0[i] * other.0[i]))
        }

        /// `self + a · b`.
        #[inline(always)]
        pub fn plus_product(self, a: Self, b: Self) -> Self {
            Self(std::array::from_fn(|i| self.0[i] + a.0[i] * b.0[i]))
        }
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm {
    #[cfg(feature = "relaxed-simd")]
    use core::arch::wasm32::f32x4_relaxed_madd;
    use core::arch::wasm32::{f32x4_add, f32x4_convert_i32x4, f32x4_mul, f32x4_splat, v128, v128_load, v128_store};

    use super::LANES;

    #[derive(Clone, Copy)]
    pub struct Lanes(v128, v128);

    impl Lanes {
        #[inline(always)]
        pub fn splat(x: f32) -> Self {
            Self(f32x4_splat(x), f32x4_splat(x))
        }

        #[inline(always)]
        pub fn load(from: &[f32; LANES]) -> Self {
            let at = from.as_ptr().cast::<v128>();
            // SAFETY: eight floats are two vectors. wasm loads need no alignment.
            unsafe { Self(v128_load(at), v128_load(at.add(1))) }
        }

        #[inline(always)]
        pub fn store(self, to: &mut [f32; LANES]) {
            let at = to.as_mut_ptr().cast::<v128>();
            // SAFETY: eight floats are two vectors. wasm stores need no alignment.
            unsafe {
                v128_store(at, self.0);
                v128_store(at.add(1), self.1);
            }
        }

        #[inline(always)]
        pub fn from_integers(from: &[i32; LANES]) -> Self {
            let at = from.as_ptr().cast::<v128>();
            // SAFETY: eight integers are two vectors. wasm loads need no alignment.
            unsafe { Self(f32x4_convert_i32x4(v128_load(at)), f32x4_convert_i32x4(v128_load(at.add(1)))) }
        }

        #[inline(always)]
        pub fn plus(self, other: Self) -> Self {
            Self(f32x4_add(self.0, other.0), f32x4_add(self.1, other.1))
        }

        #[inline(always)]
        pub fn times(self, other: Self) -> Self {
            Self(f32x4_mul(self.0, other.0), f32x4_mul(self.1, other.1))
        }

        /// `self + a · b`.
        #[cfg(feature = "relaxed-simd")]
        #[inline]
        #[target_feature(enable = "relaxed-simd")]
        pub fn plus_product(self, a: Self, b: Self) -> Self {
            Self(f32x4_relaxed_madd(a.0, b.0, self.0), f32x4_relaxed_madd(a.1, b.1, self.1))
        }

        /// `self + a · b`.
        #[cfg(not(feature = "relaxed-simd"))]
        #[inline(always)]
        pub fn plus_product(self, a: Self, b: Self) -> Self {
            self.plus(a.times(b))
        }
    }
}
