//! Who sees to an alert: a supervisor says so, other supervisors and the agent hear it. Says nothing of the agent (R2).

use serde::{Deserialize, Serialize};

/// A supervisor sees to an open alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakenRecord {
    pub user_id: String,
    pub name: String,
    /// Milliseconds since the Unix epoch.
    pub at_ms: i64,
}

/// What a supervisor says of an open alert: that they see to it, or no longer do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Taking {
    pub alert_id: String,
    /// Id of the user who saw to it when the caller looked; nothing is changed where that is no longer so.
    pub held_by: Option<String>,
    pub take: bool,
}

/// An open alert of the device's own agent that somebody sees to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakenAlert {
    pub alert_id: String,
    /// Name of who sees to it.
    pub by: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakenAlerts {
    pub items: Vec<TakenAlert>,
}
