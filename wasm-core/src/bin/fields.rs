//! Measures field extraction: `fields [--data DIR] [--misses SET]`, JSON on standard output.
//!
//! Our own labelled set is always measured, `pii_zh_synthetic` and `presidio_pii` where DIR has them. `--misses` prints
//! the rows of one set that are not all right instead. Rendered by tests/bench/fields.mjs.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::Serialize;
use wasm_core::fields;

#[path = "../../tests/fields/score.rs"]
mod score;
use score::{Counts, Row, Span};

/// Times a message of 200 characters is read for the clock.
const ROUNDS: u32 = 400;

#[derive(Serialize)]
struct Set {
    name: &'static str,
    rows: usize,
    without_fields: usize,
    kinds: BTreeMap<String, Counts>,
}

#[derive(Serialize)]
struct Report {
    sets: Vec<Set>,
    absent: Vec<&'static str>,
    /// Of one message of 200 characters.
    microseconds: BTreeMap<&'static str, f64>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let option =
        |name: &str| Some(arguments.get(arguments.iter().position(|argument| argument == name)? + 1)?.as_str());
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fields");
    let mut sets = vec![
        ("own_dev", score::own(&own.join("dev.jsonl"))?),
        ("own_held_out", score::own(&own.join("held_out.jsonl"))?),
    ];
    let mut absent = Vec::new();
    type Kind = fn(&str) -> Option<&'static str>;
    let others: [(&str, Kind); 2] = [("pii_zh_synthetic", kind_zh), ("presidio_pii", kind_en)];
    for (name, kind) in others {
        let path = option("--data").map(|data| PathBuf::from(data).join(name).join("dev.jsonl"));
        match path.filter(|path| path.exists()) {
            Some(path) => sets.push((name, score::spans(&path, kind)?)),
            None => {
                eprintln!("fields: {name}/dev.jsonl is not there (--data DIR), left out");
                absent.push(name);
            }
        }
    }
    if let Some(wanted) = option("--misses") {
        for (_, rows) in sets.iter().filter(|(name, _)| *name == wanted) {
            score::score(rows, told, print_miss);
        }
        return Ok(());
    }
    let measured = sets.into_iter().map(|(name, rows)| Set {
        name,
        rows: rows.len(),
        without_fields: rows.iter().filter(|row| row.spans.is_empty()).count(),
        kinds: score::score(&rows, told, |_, _| {}),
    });
    let report =
        Report { sets: measured.collect(), absent, microseconds: BTreeMap::from([("zh", time(ZH)), ("en", time(EN))]) };
    println!("{}", serde_json::to_string(&report)?);
    Ok(())
}

fn told(row: &Row) -> Vec<Span> {
    let fields = fields::extract(&row.text, row.asked.as_deref());
    fields.into_iter().map(|field| (score::name(field.kind), field.start_utf16, field.end_utf16)).collect()
}

fn print_miss(row: &Row, told: &[Span]) {
    let units: Vec<u16> = row.text.encode_utf16().collect();
    let words =
        |span: &&Span| format!("{}={:?}", span.0, String::from_utf16_lossy(&units[span.1 as usize..span.2 as usize]));
    let list = |spans: Vec<&Span>| spans.iter().map(words).collect::<Vec<_>>().join(" ");
    let missed = list(row.spans.iter().filter(|span| !told.contains(span)).collect());
    let wrong = list(told.iter().filter(|span| !row.spans.contains(span)).collect());
    println!("{:?}\n    missed: {missed}\n    wrong: {wrong}", row.text);
}

/// Types of pii_zh_synthetic that are fields here.
fn kind_zh(name: &str) -> Option<&'static str> {
    Some(match name {
        "PERSON" => "person_name",
        "PHONE" => "phone",
        "ADDRESS" => "postal_address",
        "EMAIL" => "email",
        "CN_ID" | "PASSPORT" | "US_SSN" => "id_number",
        "BANK_CARD" | "CREDIT_CARD" => "card_number",
        "BIRTH_DATE" => "date",
        _ => return None,
    })
}

/// Types of presidio_pii that are fields here.
fn kind_en(name: &str) -> Option<&'static str> {
    Some(match name {
        "PERSON" => "person_name",
        "PHONE_NUMBER" => "phone",
        "STREET_ADDRESS" | "ADDRESS" => "postal_address",
        "EMAIL_ADDRESS" => "email",
        "US_SSN" | "US_DRIVER_LICENSE" => "id_number",
        "CREDIT_CARD" => "card_number",
        "ZIP_CODE" => "postcode",
        _ => return None,
    })
}

const ZH: &str = "您好，我叫王小明，11月3号在你们店买的扫地机器人，订单号240817000123456，付了1299元，昨天收到以后一直连不上网，重启了三次都没用。\
麻烦安排上门取件，地址是浙江省杭州市余杭区文一西路969号3号楼502室，电话13800138000，最好明天下午三点以后来，白天家里没人。退款请退回原来的账户，发票就不用寄回了，谢谢你们，希望这次能快一点处理，已经等了很久了，客服说二十四小时以内会回复我但是没有。";
const EN: &str = "Hi, my name is Hannah Whitfield, order 48213-77 of 3 November came damaged. I paid $249.99 and need it by next Friday. \
Please send it to 14 Kestrel Close, Reading RG6 1PT or call 07700 900461.";

/// Microseconds for a message cut to 200 characters, the median of the rounds.
fn time(text: &str) -> f64 {
    let text: String = text.chars().take(200).collect();
    let mut rounds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(fields::extract(std::hint::black_box(&text), None));
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    rounds[rounds.len() / 2]
}
