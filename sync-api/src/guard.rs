//! What holds for every request: no state changed from other sites, headers that keep pages apart, one line of log.

use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::problem::{Code, Failure};
use crate::state::AppState;

/// Any site may read their answers.
const FOR_DEVICES: [&str; 4] = ["/api/v1/events", "/api/v1/site-locators", "/api/v1/team-labels", "/api/v1/team-model"];

const API_CSP: &str = "default-src 'none'; frame-ancestors 'none'";
/// `style-src-attr`: Leptos writes `style` attributes.
const DASHBOARD_CSP: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    style-src-attr 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";
/// Embedded by any helpdesk; its events may go to another server.
const WIDGET_CSP: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    style-src-attr 'unsafe-inline'; img-src 'self' data:; worker-src 'self' blob:; \
    connect-src 'self' https: http://127.0.0.1:* http://localhost:*; object-src 'none'; base-uri 'none'; \
    form-action 'none'; frame-ancestors *";
/// Stands for a helpdesk of someone else: its own scripts may be inline.
const DEMO_CSP: &str = "object-src 'none'; base-uri 'self'; frame-ancestors 'self'";

/// Refuses requests that would change something with the cookie of a page of another site.
pub async fn same_site(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if is_read || is_same_site(request.headers(), state.settings.public_url.as_deref()) {
        return next.run(request).await;
    }
    Failure::new(Code::CrossSite, "Call this from the dashboard's own page.").into_response()
}

/// Browsers name the site or the origin on every request that changes something; other programs carry no cookies of
/// a user that could be abused.
fn is_same_site(headers: &HeaderMap, public_url: Option<&str>) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin";
    }
    let Some(origin) = text(header::ORIGIN) else { return true };
    let is_public = public_url.is_some_and(|url| url.trim_end_matches('/') == origin);
    let host = origin.split_once("://").map(|(_, host)| host);
    is_public || host.is_some_and(|host| Some(host) == text(header::HOST))
}

/// Adds the security headers of the path. A header that the handler set is kept.
pub async fn headers(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    if state.settings.is_https() {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    let resource_policy = HeaderName::from_static("cross-origin-resource-policy");
    match path.as_str() {
        path if path.starts_with("/api/") => {
            set(header::CONTENT_SECURITY_POLICY, API_CSP);
            set(header::CACHE_CONTROL, "no-store");
            let is_for_devices = FOR_DEVICES.contains(&path) || path.starts_with("/api/v1/team-model/");
            set(resource_policy, if is_for_devices { "cross-origin" } else { "same-origin" });
        }
        path if path.starts_with("/widget/") => {
            set(header::CONTENT_SECURITY_POLICY, WIDGET_CSP);
            set(resource_policy, "cross-origin");
            // Pages that require it of their frames can embed the widget too.
            set(HeaderName::from_static("cross-origin-embedder-policy"), "require-corp");
        }
        path if path.starts_with("/demo/") => set(header::CONTENT_SECURITY_POLICY, DEMO_CSP),
        _ => {
            set(header::CONTENT_SECURITY_POLICY, DASHBOARD_CSP);
            set(resource_policy, "same-origin");
        }
    }
    response
}

/// Method, path, status and time; never a query, a header or a body.
pub async fn log(request: Request, next: Next) -> Response {
    let (method, path, start) = (request.method().clone(), request.uri().path().to_owned(), Instant::now());
    let response = next.run(request).await;
    let (status, elapsed_ms) = (response.status().as_u16(), start.elapsed().as_millis());
    tracing::debug!(%method, path, status, elapsed_ms, "request");
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_own_origin_changes_state() {
        let check = |pairs: &[(&'static str, &'static str)], expected| {
            let headers =
                pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
            assert_eq!(is_same_site(&headers.collect(), Some("https://seat.example/")), expected, "{pairs:?}");
        };
        check(&[], true);
        check(&[("sec-fetch-site", "same-origin"), ("origin", "null")], true);
        check(&[("sec-fetch-site", "same-site")], false);
        check(&[("sec-fetch-site", "cross-site")], false);
        check(&[("sec-fetch-site", "none")], false);
        check(&[("origin", "http://127.0.0.1:8700"), ("host", "127.0.0.1:8700")], true);
        check(&[("origin", "http://127.0.0.1:8701"), ("host", "127.0.0.1:8700")], false);
        check(&[("origin", "https://seat.example"), ("host", "inside:8700")], true);
        check(&[("origin", "null"), ("host", "127.0.0.1:8700")], false);
    }
}
