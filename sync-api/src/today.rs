//! `GET /api/v1/today`: the day so far, in the reader's time zone.

use axum::Json;
use axum::extract::State;
use domain::record::TodayRecord;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::extract::{Params, Reader};
use crate::openapi::problems;
use crate::problem::{Code, Failure};
use crate::state::AppState;

/// What counts as now (record::AgentRecord).
pub const NOW_MS: i64 = 15 * MINUTE_MS;
const MINUTE_MS: i64 = 60 * 1000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TodayParams {
    /// Minutes that the reader's clock is ahead of UTC, −840 to 840; 0 by default. (JavaScript's
    /// `-new Date().getTimezoneOffset()`.)
    tz_offset_min: Option<i32>,
    /// Id of a team; a supervisor reads only their own.
    team: Option<String>,
}

problems!(ReadToday: NotSignedIn, Forbidden, InvalidParameter);

/// Numbers of the day, with the intents of the same stretch a week ago.
#[utoipa::path(
    get, path = "/api/v1/today", operation_id = "readToday", tag = "dashboard", security(("session" = [])),
    params(TodayParams), responses((status = 200, body = TodayRecord), ReadToday)
)]
pub async fn read(
    State(state): State<AppState>,
    reader: Reader,
    Params(params): Params<TodayParams>,
) -> Result<Json<TodayRecord>, Failure> {
    let team_id = reader.narrowed(params.team.as_deref())?;
    let now_ms = state.now_ms();
    let start_ms = day_start_ms(now_ms, params.tz_offset_min)?;
    Ok(Json(state.store.today(team_id, start_ms, now_ms).await?))
}

/// Midnight of the reader.
pub fn day_start_ms(now_ms: i64, tz_offset_min: Option<i32>) -> Result<i64, Failure> {
    let offset = tz_offset_min.unwrap_or(0);
    if !(-840..=840).contains(&offset) {
        return Err(Failure::new(Code::InvalidParameter, "`tz_offset_min` must be from -840 to 840."));
    }
    let offset_ms = i64::from(offset) * MINUTE_MS;
    Ok((now_ms + offset_ms).div_euclid(DAY_MS) * DAY_MS - offset_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_begin_at_the_readers_midnight() {
        let check = |hour: i64, offset, expected: i64| {
            let start = day_start_ms(20_000 * DAY_MS + hour * 60 * MINUTE_MS, offset).unwrap();
            assert_eq!(start, 20_000 * DAY_MS + expected * 60 * MINUTE_MS, "{hour} {offset:?}");
        };
        check(9, None, 0);
        check(9, Some(480), -8);
        check(17, Some(480), 16);
        check(3, Some(-300), -19);
        assert!(day_start_ms(0, Some(841)).is_err());
    }
}
