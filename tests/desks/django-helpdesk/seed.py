"""Seeds through django-helpdesk's own doors: e-mail gateway and REST API. usage: seed.py SEED PORT"""
import base64, email.message, email.utils, json, os, sys, urllib.request
import django
django.setup()
from django.contrib.auth import get_user_model
from django.contrib.sites.models import Site
from django.core.management import call_command
from helpdesk.models import CustomField, FollowUp, Queue, Ticket

seed, port = json.load(open(sys.argv[1], encoding="utf-8")), sys.argv[2]
U = get_user_model()
Site.objects.update_or_create(pk=1, defaults={"domain": f"127.0.0.1:{port}", "name": "desk"})
agent = U.objects.create_superuser("agent", "agent@desk.invalid", "agent-pw", first_name="Anna", last_name="Agent")
box = os.path.join(os.getcwd(), "mail")
q = Queue.objects.create(title="Customer care", slug="care", email_address="care@desk.invalid",
    allow_email_submission=True, email_box_type="local", email_box_local_dir=box, email_box_interval=0)
CustomField.objects.create(name="category", label="Category", data_type="list", required=False, ordering=1,
    list_values="delivery\nbilling\ntechnical\nhow-to\nsales", staff_only=True)
CustomField.objects.create(name="mood", label="Customer mood", data_type="varchar", max_length=40, required=False, ordering=2, staff_only=True)

def mail(c, text, subject):
    m = email.message.EmailMessage()
    m["From"] = email.utils.formataddr((c["requester"]["name"], c["requester"]["email"]))
    m["To"] = "care@desk.invalid"; m["Subject"] = subject; m["Message-ID"] = email.utils.make_msgid(domain="example.org")
    m.set_content(text, cte="base64")
    open(os.path.join(box, "in.eml"), "w").write(m.as_string())
    Queue.objects.filter(pk=q.pk).update(email_box_last_check=None)
    call_command("get_email", quiet=True)

def api(path, body):
    r = urllib.request.Request(f"http://127.0.0.1:{port}{path}", json.dumps(body).encode(), {
        "Content-Type": "application/json", "Authorization": "Basic " + base64.b64encode(b"agent:agent-pw").decode()})
    return json.load(urllib.request.urlopen(r))

for c in seed:
    t = None
    for m in c["messages"]:
        if m["role"] in ("bot", "system"):
            continue
        if m["role"] == "customer":
            mail(c, m.get("raw", m["text"]), c["subject"] if t is None else f"Re: [{t.queue.slug}-{t.id}] {c['subject']}")
            if t is None:
                t = Ticket.objects.order_by("-id")[0]
        else:
            api("/api/followups/", {"ticket": t.id, "comment": m["text"], "public": m["role"] == "agent", "user": agent.id})
    t.priority = {"critical": 1, "high": 2, "normal": 3, "low": 4}[c["priority"]]
    t.save()
    print(c["key"], f"/tickets/{t.id}/", t.title, FollowUp.objects.filter(ticket=t).count())
