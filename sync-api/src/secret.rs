//! Secrets: device tokens, their hashes, and passwords (argon2id with the crate's defaults, OWASP's minimum or above).

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use sha2::{Digest, Sha256};

/// Verified when the user is unknown, so that an unknown e-mail takes as long as a wrong password.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A secret could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    #[error("no randomness: {0}")]
    Randomness(getrandom::Error),
    #[error("password hashing: {0}")]
    Hash(argon2::password_hash::Error),
}

pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `prefix` and 256 random bits.
pub fn random(prefix: &str) -> Result<String, SecretError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(SecretError::Randomness)?;
    Ok(format!("{prefix}{}", hex(&bytes)))
}

/// A PHC string. Slow on purpose: call it where blocking is allowed.
pub fn hash_password(password: &str) -> Result<String, SecretError> {
    Ok(Argon2::default().hash_password(password.as_bytes()).map_err(SecretError::Hash)?.to_string())
}

/// The same work for a user that does not exist. Slow on purpose.
pub fn verify_password(password: &str, stored: Option<&str>) -> bool {
    let Ok(hash) = PasswordHash::new(stored.unwrap_or(NOBODY)) else { return false };
    Argon2::default().verify_password(password.as_bytes(), &hash).is_ok() && stored.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_verify_only_themselves() {
        let hash = hash_password("warm").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "the work for nobody must be the same: {hash}");
        assert!(verify_password("warm", Some(&hash)));
        assert!(!verify_password("cold", Some(&hash)));
        assert!(!verify_password("warm", None));
        assert!(PasswordHash::new(NOBODY).is_ok());
    }

    #[test]
    fn hashes_are_sha256() {
        assert_eq!(sha256_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        let (a, b) = (random("wsd_").unwrap(), random("wsd_").unwrap());
        assert!(a != b && a.len() == 68 && a.starts_with("wsd_"));
    }
}
