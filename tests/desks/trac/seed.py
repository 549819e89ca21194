"""Seeds through Trac's own ticket model. usage: seed.py SEED ENV"""
import json, sys
from datetime import datetime, timedelta, timezone
from trac.env import Environment
from trac.ticket.model import Ticket

seed, env = json.load(open(sys.argv[1], encoding="utf-8")), Environment(sys.argv[2])
START, STEP = datetime(2026, 11, 2, 9, tzinfo=timezone.utc), timedelta(minutes=7)
for number, c in enumerate(seed):
    lines = [m for m in c["messages"] if m["role"] in ("customer", "agent")]
    at = START + timedelta(hours=number)
    who = lambda m: c["requester"]["name"] if m["role"] == "customer" else "agent"
    ticket = Ticket(env)
    ticket.populate({"reporter": c["requester"]["name"], "owner": "agent", "summary": c["subject"], "status": "assigned",
        "type": "task", "priority": {"critical": "critical", "high": "major"}.get(c["priority"], "minor"), "description": lines[0]["text"]})
    ticket.insert(at)
    for step, m in enumerate(lines[1:], 1):
        ticket.save_changes(author=who(m), comment=m["text"], when=at + step * STEP)
    print(c["key"], f"/ticket/{ticket.id}", c["subject"])
env.shutdown()
