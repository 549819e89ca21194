//! Dates without a year, as customers write them: the year that brings them nearest to when the message was written.

const DAY_MS: i64 = 86_400_000;

/// ISO 8601 of a date that may lack its year (`--MM-DD`); `None` for what is no date.
pub fn with_year(value: &str, written_at_ms: i64) -> Option<String> {
    let Some(rest) = value.strip_prefix("--") else { return Some(value.to_owned()) };
    let (month, day) = rest.split_once('-')?;
    let (month, day): (u32, u32) = (month.parse().ok()?, day.parse().ok()?);
    let written = written_at_ms.div_euclid(DAY_MS);
    let year = year_of(written);
    let candidates = (year - 1..=year + 1).filter(|year| (month, day) != (2, 29) || is_leap(*year));
    let best = candidates.min_by_key(|year| (days_from_civil(*year, month, day) - written).abs())?;
    Some(format!("{best:04}-{month:02}-{day:02}"))
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days since 1970-01-01 (Howard Hinnant, chrono-compatible low-level date algorithms, `days_from_civil`).
fn days_from_civil(year: i64, month: u32, day: u32) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let month = i64::from(month);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn year_of(days: i64) -> i64 {
    let guess = 1970 + days.div_euclid(366);
    (guess..).take_while(|year| days_from_civil(*year, 1, 1) <= days).last().unwrap_or(guess)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_year_is_taken() {
        let check = |value: &str, year: i64, month, day, expected: Option<&str>| {
            let written = days_from_civil(year, month, day) * DAY_MS + 5;
            assert_eq!(with_year(value, written).as_deref(), expected, "{value} written {year}-{month}-{day}");
        };
        check("--11-05", 2026, 11, 26, Some("2026-11-05"));
        check("--12-30", 2027, 1, 2, Some("2026-12-30"));
        check("--01-03", 2026, 12, 30, Some("2027-01-03"));
        check("--02-29", 2027, 3, 1, Some("2028-02-29"));
        check("2024-03-01", 2026, 1, 1, Some("2024-03-01"));
        check("--x", 2026, 1, 1, None);
        check("--02-28", 1969, 12, 31, Some("1970-02-28"));
    }
}
