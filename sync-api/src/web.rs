//! The built pages: `/dashboard/`, `/widget/`, `/demo/` and what else lies in the web directory.

use std::path::Path;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use tower::ServiceExt;
use tower_http::services::{ServeDir, ServeFile};

use crate::extract::Id;
use crate::problem::Code;
use crate::state::AppState;

const DASHBOARD: &str = "/dashboard/";
const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Warmseat</title>\
    <h1>The pages are not built yet</h1><p>Run <code>cargo xtask demo</code>, or build them and start the server with \
    <code>sync-api serve --web-dir dist/web</code>. The API works: <a href=\"/api/health\">/api/health</a>, \
    <a href=\"/api/openapi.json\">/api/openapi.json</a>.</p>";

/// `/` is the dashboard.
pub async fn root() -> Redirect {
    Redirect::temporary(DASHBOARD)
}

/// What a problem's `type` leads to.
pub async fn problem(Id(code): Id) -> Response {
    match Code::find(&code) {
        Some(code) => format!("{} ({})\n{}.\n", code.as_str(), code.status(), code.title()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Files of the web directory; places inside the dashboard are its own to route.
pub async fn files(State(state): State<AppState>, request: Request) -> Response {
    let Some(web_dir) = state.settings.web_dir.as_deref().filter(|dir| dir.is_dir()) else {
        return (StatusCode::SERVICE_UNAVAILABLE, Html(NOT_BUILT)).into_response();
    };
    let path = request.uri().path();
    let is_place = path.starts_with(DASHBOARD) && !path.rsplit('/').next().unwrap_or("").contains('.');
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let (mut parts, _) = request.into_parts();
    // Ranges of a file that is compressed are of no use to any page here.
    parts.headers.remove(header::RANGE);
    let again = Request::from_parts(parts.clone(), Body::empty());
    let mut response =
        served(ServeDir::new(web_dir).precompressed_br(), Request::from_parts(parts, Body::empty())).await;
    if response.status() == StatusCode::NOT_FOUND && is_place && is_read {
        response = place(web_dir, again).await;
    }
    // Changed files are seen at once, unchanged ones are confirmed by their ETag.
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    response
}

async fn place(web_dir: &Path, request: Request) -> Response {
    let index = web_dir.join("dashboard").join("index.html");
    if !index.is_file() {
        return (StatusCode::SERVICE_UNAVAILABLE, Html(NOT_BUILT)).into_response();
    }
    served(ServeFile::new(index), request).await
}

async fn served<S, B>(service: S, request: Request) -> Response
where
    S: tower::Service<Request, Response = axum::http::Response<B>, Error = std::convert::Infallible>,
    B: axum::body::HttpBody<Data = axum::body::Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    match service.oneshot(request).await {
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    }
}
