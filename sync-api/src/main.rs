//! `sync-api serve`: runs the memory.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::{Parser, Subcommand, ValueEnum};
use sync_api::{AppState, Settings, Store, seed};
use tokio::net::TcpListener;
use tracing_subscriber::filter::LevelFilter;

/// Streams that do not end are cut off after this.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Parser)]
#[command(version, about = "The memory of Warmseat: events in, conversations and alerts out.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API and the built pages.
    Serve(Serve),
}

#[derive(clap::Args)]
struct Serve {
    /// SQLite file, made when it is not there, or `:memory:`.
    #[arg(long, env = "WARMSEAT_DATABASE", default_value = "warmseat.sqlite")]
    database: PathBuf,
    /// Address and port; port 0 takes a free one.
    #[arg(long, env = "WARMSEAT_LISTEN", default_value = "127.0.0.1:8700")]
    listen: SocketAddr,
    /// Where the built pages are.
    #[arg(long, env = "WARMSEAT_WEB_DIR", default_value = "dist/web")]
    web_dir: PathBuf,
    /// Where browsers see the server, e.g. https://warmseat.example; makes cookies secure.
    #[arg(long, env = "WARMSEAT_PUBLIC_URL")]
    public_url: Option<String>,
    /// Make the demo team, its known passwords and token; `empty` leaves its history out.
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "full")]
    seed_demo: Option<SeedDemo>,
    /// End when standard input closes: whoever started it is gone, however they ended.
    #[arg(long)]
    end_with_input: bool,
    /// What is logged to standard error.
    #[arg(long, env = "WARMSEAT_LOG", default_value = "info")]
    log: LevelFilter,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SeedDemo {
    Full,
    Empty,
}

#[tokio::main]
async fn main() -> ExitCode {
    let Command::Serve(arguments) = Arguments::parse().command;
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_ansi(false).with_max_level(arguments.log).init();
    match serve(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sync-api: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(arguments: Serve) -> anyhow::Result<()> {
    let store = open(&arguments.database).await?;
    let listener = TcpListener::bind(arguments.listen).await.with_context(|| {
        format!("cannot listen on {}; if the port is taken, choose another with --listen", arguments.listen)
    })?;
    let address = listener.local_addr().context("cannot tell the address")?;
    let settings = Settings {
        web_dir: Some(arguments.web_dir),
        public_url: arguments.public_url.clone(),
        demo: arguments.seed_demo.is_some(),
    };
    let state = AppState::new(store, settings);
    if let Some(kind) = arguments.seed_demo {
        if !address.ip().is_loopback() {
            tracing::warn!(
                "the demo's passwords and token are known to everyone and {address} is not only for this machine"
            );
        }
        seed::people(&state).await.context("cannot seed the demo team")?;
        if kind == SeedDemo::Full {
            let base_url = arguments.public_url.unwrap_or_else(|| format!("http://{address}"));
            seed::history(&state, &base_url).await.context("cannot seed the demo's history")?;
        }
    }
    println!("listening on http://{address}");
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = sync_api::serve(listener, state, async move {
        tokio::select! {
            () = interrupted() => {}
            () = input_closed(), if arguments.end_with_input => {}
        }
        // The receiver waits for as long as the server serves.
        let _ = stop.send(());
    });
    tokio::select! {
        served = serving => served.context("the server failed"),
        () = async { let _ = stopped.await; tokio::time::sleep(PATIENCE).await } => Ok(()),
    }
}

async fn open(database: &Path) -> anyhow::Result<Store> {
    if database == Path::new(":memory:") {
        return Store::in_memory().await.context("cannot open a database in memory");
    }
    if let Some(folder) = database.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    Store::open(database).await.with_context(|| format!("cannot open the database {}", database.display()))
}

/// Ctrl-C, or the system asks to stop.
async fn interrupted() {
    let terminated = async {
        #[cfg(unix)]
        if let Ok(mut signal) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            signal.recv().await;
            return;
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        result = tokio::signal::ctrl_c() => if result.is_err() { std::future::pending::<()>().await },
        () = terminated => {}
    }
}

async fn input_closed() {
    let (close, closed) = tokio::sync::oneshot::channel::<()>();
    // Not tokio's standard input: the runtime would wait for its read before the process ends.
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        drop(close);
    });
    let _ = closed.await;
}
