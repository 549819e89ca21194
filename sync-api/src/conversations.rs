//! `GET /api/v1/conversations`: which conversations need help, or all by their last change.

use axum::Json;
use axum::extract::State;
use domain::record::{ConversationRecord, Page};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::extract::{Id, Params, Reader};
use crate::openapi::problems;
use crate::page;
use crate::problem::Failure;
use crate::state::AppState;
use crate::store::{ConversationFilter, Order};

/// The sync API hears of no closing: a conversation without a word for this long is not open.
const OPEN_MS: i64 = 24 * 60 * 60 * 1000;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConversationState {
    /// With an open alert, the newest alert first.
    Alert,
    /// With an open alert or an event in the last 24 hours; alerts first, then the lowest mood.
    Open,
    /// Every conversation, the last changed first.
    #[default]
    All,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ConversationParams {
    /// `all` by default.
    #[param(inline)]
    state: Option<ConversationState>,
    /// Id of a team; a supervisor reads only their own.
    team: Option<String>,
    /// 1 to 200, 50 by default.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

problems!(ListConversations: NotSignedIn, Forbidden, InvalidParameter);
problems!(FindConversation: NotSignedIn, Forbidden, NotFound);

/// Conversations by need or by their last change.
#[utoipa::path(
    get, path = "/api/v1/conversations", operation_id = "listConversations", tag = "dashboard",
    security(("session" = [])), params(ConversationParams),
    responses((status = 200, body = Page<ConversationRecord>), ListConversations)
)]
pub async fn list(
    State(state): State<AppState>,
    reader: Reader,
    Params(params): Params<ConversationParams>,
) -> Result<Json<Page<ConversationRecord>>, Failure> {
    let team_id = reader.narrowed(params.team.as_deref())?.map(str::to_owned);
    let limit = page::limit(params.limit)?;
    let after = params.after.as_deref();
    let shown = params.state.unwrap_or_default();
    let order = match shown {
        ConversationState::All => Order::Update { after: page::after(after)? },
        _ => Order::Need { after: page::after(after)? },
    };
    let filter = ConversationFilter {
        team_id,
        alert_only: shown == ConversationState::Alert,
        active_since_ms: (shown == ConversationState::Open).then(|| state.now_ms() - OPEN_MS),
        order,
        limit: limit + 1,
    };
    let items = state.store.conversations(&filter).await?;
    Ok(Json(match shown {
        ConversationState::All => page::page(items, limit, |item| (item.updated_at_ms, item.id.clone())),
        _ => page::page(items, limit, |item| {
            (item.open_alert().map_or(0, |alert| alert.opened_at_ms), item.score, item.id.clone())
        }),
    }))
}

/// One conversation.
#[utoipa::path(
    get, path = "/api/v1/conversations/{id}", operation_id = "findConversation", tag = "dashboard",
    security(("session" = [])), params(("id" = String, Path)),
    responses((status = 200, body = ConversationRecord), FindConversation)
)]
pub async fn find(
    State(state): State<AppState>,
    reader: Reader,
    Id(id): Id,
) -> Result<Json<ConversationRecord>, Failure> {
    let found = state.store.conversation(&id).await?;
    let readable = found.filter(|found| reader.team_id().is_none_or(|own| own == found.team_id));
    readable.map(Json).ok_or_else(Failure::not_found)
}
