//! What causes abuse: messages by the demand they came with and by kind. No agent can be read from it (R3).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use domain::abuse::AbuseKind;
use domain::record::AbuseCount;
use sqlx::{Row, SqlitePool};

use super::{Result, count, from_word};

/// A class with fewer agents behind it is not told by its name, nor are all of them together (R3).
const LEAST_AGENTS: usize = 10;

#[derive(Clone, Debug, Default, PartialEq)]
struct Group {
    agents: BTreeSet<String>,
    messages: BTreeMap<AbuseKind, u32>,
}

/// Of the agents' side nothing but the messages; the demand is the message's own or the last one before it. Of all teams together no
/// more is told than of each: what one of them adds to the others would point to its few agents.
pub async fn of_the_day(read: &SqlitePool, team_id: Option<&str>, day_start_ms: i64) -> Result<Vec<AbuseCount>> {
    let rows = sqlx::query(
        "SELECT COALESCE(m.demand, (
                  SELECT p.demand FROM messages p
                  WHERE p.conversation_id = m.conversation_id AND p.demand IS NOT NULL AND p.at_ms <= m.at_ms
                  ORDER BY p.at_ms DESC, p.message_id DESC LIMIT 1)) AS demand,
                m.abuse, c.agent_id, u.team_id, COUNT(*) AS messages
         FROM messages m JOIN conversations c ON c.id = m.conversation_id JOIN users u ON u.id = c.agent_id
         WHERE m.abuse IS NOT NULL AND m.at_ms >= $1 AND ($2 IS NULL OR u.team_id = $2)
         GROUP BY 1, m.abuse, c.agent_id, u.team_id",
    )
    .bind(day_start_ms)
    .bind(team_id)
    .fetch_all(read)
    .await?;
    let mut teams: BTreeMap<String, BTreeMap<Option<String>, Group>> = BTreeMap::new();
    for row in &rows {
        let kind: AbuseKind = from_word("abuse", row.try_get("abuse")?)?;
        if kind.is_at_agent() {
            let groups = teams.entry(row.try_get("team_id")?).or_default();
            let group = groups.entry(row.try_get("demand")?).or_default();
            group.agents.insert(row.try_get("agent_id")?);
            *group.messages.entry(kind).or_default() += count(row, "messages")?;
        }
    }
    Ok(together(teams.into_values().flat_map(told)))
}

/// The counts of several teams as one list: classes by how often they are met, those put together last.
fn together(counts: impl Iterator<Item = AbuseCount>) -> Vec<AbuseCount> {
    let mut sums: BTreeMap<Option<String>, BTreeMap<AbuseKind, u32>> = BTreeMap::new();
    for AbuseCount { label, kind, messages } in counts {
        *sums.entry(label).or_default().entry(kind).or_default() += messages;
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(label, kinds)| (label.is_none(), Reverse(kinds.values().sum::<u32>())));
    let rows = sums.into_iter().flat_map(|(label, kinds)| {
        kinds.into_iter().map(move |(kind, messages)| AbuseCount { label: label.clone(), kind, messages })
    });
    rows.collect()
}

/// Puts together what too few agents met, with the next smallest class where that is still too few; nothing where all of
/// it is.
fn told(mut groups: BTreeMap<Option<String>, Group>) -> Vec<AbuseCount> {
    let mut rest = groups.remove(&None).unwrap_or_default();
    let mut named: Vec<(Option<String>, Group)> = groups.into_iter().collect();
    named.sort_by_key(|(_, group)| (group.agents.len(), group.messages.values().sum::<u32>()));
    let small = named.iter().take_while(|(_, group)| group.agents.len() < LEAST_AGENTS).count();
    let mut joined: Vec<Group> = named.drain(..small).map(|(_, group)| group).collect();
    let agents = |groups: &[Group]| groups.iter().flat_map(|group| group.agents.clone()).collect::<BTreeSet<_>>();
    joined.push(std::mem::take(&mut rest));
    while (1..LEAST_AGENTS).contains(&agents(&joined).len()) && !named.is_empty() {
        joined.push(named.remove(0).1);
    }
    for group in joined {
        rest.agents.extend(group.agents);
        group.messages.into_iter().for_each(|(kind, n)| *rest.messages.entry(kind).or_default() += n);
    }
    if rest.agents.len() < LEAST_AGENTS {
        rest = Group::default();
    }
    named.reverse();
    named.push((None, rest));
    let counts = named.into_iter().flat_map(|(label, group)| {
        group.messages.into_iter().map(move |(kind, messages)| AbuseCount { label: label.clone(), kind, messages })
    });
    counts.collect()
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;

    fn check(groups: &[(Option<&str>, Range<u32>, u32)], expected: &[(Option<&str>, u32)]) {
        let group = |agents: &Range<u32>, messages| Group {
            agents: agents.clone().map(|agent| agent.to_string()).collect(),
            messages: BTreeMap::from([(AbuseKind::Insult, messages)]),
        };
        let groups = groups.iter().map(|(label, agents, n)| (label.map(str::to_owned), group(agents, *n))).collect();
        let told = told(groups);
        let told: Vec<_> = told.iter().map(|count| (count.label.as_deref(), count.messages)).collect();
        assert_eq!(told, expected);
    }

    /// Agents are numbers.
    #[test]
    fn no_row_is_fewer_than_ten_agents() {
        check(&[], &[]);
        check(&[(Some("refund_status"), 0..10, 5)], &[(Some("refund_status"), 5)]);
        check(&[(Some("refund_status"), 0..9, 5)], &[]);
        check(&[(Some("complaint"), 0..5, 1), (Some("refund_status"), 5..10, 2)], &[(None, 3)]);
        check(&[(Some("complaint"), 0..6, 1), (Some("refund_status"), 0..8, 2)], &[]);
        check(
            &[(Some("complaint"), 0..1, 1), (Some("order_status"), 0..10, 2), (Some("refund_status"), 0..12, 9)],
            &[(Some("refund_status"), 9), (None, 3)],
        );
        check(&[(None, 0..1, 1), (Some("refund_status"), 0..10, 9)], &[(None, 10)]);
    }
}
