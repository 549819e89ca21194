//! Every task of the project, typed as `cargo xtask <task>`.
//!
//! Owns the way from sources to what runs: wasm modules, extension folders, web folder, demo, tests.
//! Deliberately does not know what the product does.

mod bench;
mod build;
mod bundle;
mod demo;
mod extension;
mod files;
mod tests;
mod tidy;
mod wasm;
mod wire;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Builds, shows and tests Warmseat", disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build everything, start the sync API with a demo team, and say where to look
    Demo {
        /// Also start this real helpdesk and a Chromium with the extension on it
        #[arg(long, value_parser = ["django-helpdesk", "request-tracker", "livechat"])]
        desk: Option<String>,
        /// Address of the sync API
        #[arg(long, default_value = "127.0.0.1:8700")]
        listen: String,
        /// Do not open a browser
        #[arg(long)]
        no_open: bool,
    },
    /// Build dist/: both extensions and the web folder
    Build,
    /// Build dist/ as it is handed out: no access to local hosts, no demo settings
    Dist,
    /// Install what the tests need and run them all
    Test {
        /// Only what runs without a browser or a helpdesk
        #[arg(long)]
        quick: bool,
    },
    /// Check formatting, lints, who may import whom, and that the generated wire types are current
    Tidy {
        /// Rewrite what can be rewritten
        #[arg(long)]
        fix: bool,
    },
    /// Measure how well the built extension reads and serves a helpdesk
    DeskScore {
        /// Module that describes the desk, see tests/desk-score
        #[arg(long)]
        desk: PathBuf,
    },
    /// Measure speed and size and write them into docs/PERFORMANCE.md
    Bench {
        /// Folder of the training corpora: measures the model on their dev sets, too
        #[arg(long)]
        data: Option<PathBuf>,
    },
    /// Train the model, or measure the one that ships
    #[command(subcommand)]
    Model(Model),
}

#[derive(Subcommand)]
enum Model {
    /// Run the training pipeline of models/ (hours); its last stage writes the tables of models/MODEL_CARD.md
    Train {
        /// Folder of the training corpora
        #[arg(long)]
        data: PathBuf,
    },
    /// Measure the shipped model in the shipped engine and rewrite the tables of docs/PERFORMANCE.md
    Report {
        /// Folder of the training corpora
        #[arg(long)]
        data: PathBuf,
    },
}

fn main() -> Result<()> {
    std::env::set_current_dir(files::root())?;
    match Cli::parse().task {
        Task::Demo { desk, listen, no_open } => demo::run(desk.as_deref(), &listen, !no_open),
        Task::Build => build::all(build::Audience::Local),
        Task::Dist => build::all(build::Audience::Public),
        Task::Test { quick } => tests::run(quick),
        Task::Tidy { fix } => tidy::run(fix),
        Task::DeskScore { desk } => tests::desk_score(&desk),
        Task::Bench { data } => bench::run(data.as_deref()),
        Task::Model(Model::Report { data }) => bench::model(&data),
        Task::Model(Model::Train { data }) => files::run(
            files::command("python3")
                .args(["-m", "warmseat_models", "run", "--work", ".work", "--data"])
                .arg(data.canonicalize()?)
                .current_dir("models"),
        ),
    }
}
