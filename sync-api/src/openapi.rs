//! `GET /api/openapi.json`: OpenAPI 3.1 made from the handlers, and the table of routes itself.

use std::sync::LazyLock;
use std::time::Duration;

use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tower_http::cors::{Any, CorsLayer};
use utoipa::OpenApi;
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, ResponseBuilder};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::{Code, FieldsProblem};
use crate::state::AppState;
use crate::{
    agents, alerts, conversations, devices, events, health, labels, locators, own_model, session, stream, teams, today,
};

/// Name of the session cookie.
pub const COOKIE: &str = "warmseat_session";

/// Names the problems that a route can answer with, for its documentation.
macro_rules! problems {
    ($name:ident: $($code:ident),+) => {
        struct $name;
        impl utoipa::IntoResponses for $name {
            fn responses() -> std::collections::BTreeMap<String, utoipa::openapi::RefOr<utoipa::openapi::Response>> {
                crate::openapi::responses(&[$(crate::problem::Code::$code),+])
            }
        }
    };
}
pub(crate) use problems;

/// One response for each status, described by the codes it can have.
pub fn responses(codes: &[Code]) -> std::collections::BTreeMap<String, RefOr<utoipa::openapi::Response>> {
    let mut described = std::collections::BTreeMap::<String, Vec<String>>::new();
    for code in codes {
        let description = format!("`{}`: {}.", code.as_str(), code.title());
        described.entry(code.status().as_u16().to_string()).or_default().push(description);
    }
    described.into_iter().map(|(status, lines)| (status, problem_response(&lines.join(" ")).into())).collect()
}

fn problem_response(description: &str) -> utoipa::openapi::Response {
    let schema = RefOr::<utoipa::openapi::Schema>::Ref(Ref::from_schema_name("FieldsProblem"));
    let content = ContentBuilder::new().schema(Some(schema)).build();
    ResponseBuilder::new().description(description).content("application/problem+json", content).build()
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Warmseat sync API",
        description = "What agents' devices understood of conversations: labels, scores and ids, no customer text.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    servers((url = "/")),
    components(schemas(FieldsProblem))
)]
struct Described;

/// The one route that takes a device's token; any site may call it.
pub fn device_routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(events::post))
}

/// Routes for devices that take or give what a team shares.
pub fn locator_routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(locators::propose, locators::of_team))
        .routes(routes!(labels::of_team))
        .routes(routes!(alerts::taken))
        .routes(routes!(own_model::of_team))
        .routes(routes!(own_model::file_of_team))
}

/// Routes for supervisors that take more than a few bytes.
pub fn label_routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(labels::read, labels::share)).routes(routes!(
        own_model::read,
        own_model::share,
        own_model::remove
    ))
}

/// The route that takes files.
pub fn model_file_routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(own_model::put_file))
}

/// What devices need of CORS: no cookie ever.
pub fn device_cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
        .expose_headers([header::RETRY_AFTER])
        // A widget on a public page may report to a server on this machine.
        .allow_private_network(true)
        .max_age(Duration::from_secs(600))
}

/// Every other route of the API.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(conversations::list))
        .routes(routes!(conversations::find))
        .routes(routes!(alerts::list))
        .routes(routes!(alerts::take))
        .routes(routes!(agents::list))
        .routes(routes!(teams::list))
        .routes(routes!(today::read))
        .routes(routes!(stream::read))
        .routes(routes!(session::sign_in, session::read, session::sign_out))
        .routes(routes!(devices::list, devices::connect))
        .routes(routes!(devices::revoke))
        .routes(routes!(locators::list))
        .routes(routes!(locators::decide))
        .routes(routes!(health::read))
        .routes(routes!(read))
}

static DOCUMENT: LazyLock<String> = LazyLock::new(|| document().to_json().unwrap_or_default());

/// This document.
#[utoipa::path(
    get, path = "/api/openapi.json", operation_id = "readOpenApi", tag = "server",
    responses((status = 200, body = Object))
)]
pub async fn read() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT.as_str()).into_response()
}

/// The description with security schemes, the closed set of codes, and what every route can fail with.
pub fn document() -> utoipa::openapi::OpenApi {
    let described = OpenApiRouter::with_openapi(Described::openapi());
    let (_, mut document) = described
        .merge(device_routes())
        .merge(locator_routes())
        .merge(label_routes())
        .merge(model_file_routes())
        .merge(routes())
        .split_for_parts();
    let mut components = document.components.take().unwrap_or_default();
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("Token of a device.")).build();
    components.add_security_scheme("device", SecurityScheme::Http(bearer));
    components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(COOKIE))));
    if let Some(RefOr::T(Schema::Object(problem))) = components.schemas.get_mut("Problem") {
        let codes = Code::ALL.map(|code| serde_json::Value::from(code.as_str()));
        let code = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(codes));
        problem.properties.insert("code".into(), code.into());
    }
    document.components = Some(components);
    for item in document.paths.paths.values_mut() {
        for operation in [&mut item.get, &mut item.post, &mut item.put, &mut item.delete].into_iter().flatten() {
            complete(operation);
        }
    }
    document
}

/// OpenAPI wants words for every response; those of problems have theirs.
fn complete(operation: &mut Operation) {
    let any = "`internal`, `database_unavailable`, or another problem of the list of codes.";
    operation.responses.responses.insert("default".into(), problem_response(any).into());
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response
            && response.description.is_empty()
        {
            let reason = status.parse().ok().and_then(|status: StatusCode| status.canonical_reason());
            response.description = reason.unwrap_or("Answer").into();
        }
    }
}
