"""Customers write by e-mail (rt-mailgate-5), the agent answers by REST 2.0. usage: seed.py SEED PORT"""
import base64, email.message, email.utils, json, subprocess, sys, urllib.request
seed, port = json.load(open(sys.argv[1], encoding="utf-8")), sys.argv[2]
base = f"http://127.0.0.1:{port}"
def rest(method, path, body=None, ctype="application/json"):
    data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
    r = urllib.request.Request(base + "/REST/2.0" + path, data, {"Content-Type": ctype,
        "Authorization": "Basic " + base64.b64encode(b"agent:agent-pw").decode()}, method=method)
    return json.load(urllib.request.urlopen(r))
def mail(c, text, subject):
    m = email.message.EmailMessage()
    m["From"] = email.utils.formataddr((c["requester"]["name"], c["requester"]["email"])); m["To"] = "care@desk.invalid"
    m["Subject"] = subject; m["Message-ID"] = email.utils.make_msgid(domain="example.org"); m["Date"] = email.utils.formatdate()
    m.set_content(text)
    p = subprocess.run(["rt-mailgate-5", "--queue", "Care", "--action", "correspond", "--url", base, "--debug"],
                       input=m.as_bytes(), capture_output=True)
    out = p.stdout.decode() + p.stderr.decode()
    assert p.returncode == 0, out
    return int(rest("GET", "/tickets?query=id%3E0&orderby=id&order=DESC&per_page=1")["items"][0]["id"])
for c in seed:
    t = None
    for m in c["messages"]:
        if m["role"] in ("bot", "system"):
            continue
        if m["role"] == "customer":
            n = mail(c, m.get("raw", m["text"]), c["subject"] if t is None else f"Re: [desk.test #{t}] {c['subject']}")
            t = t or n
        else:
            # As JSON: RT stores the bytes of a text/plain body without decoding them.
            door = "correspond" if m["role"] == "agent" else "comment"
            rest("POST", f"/ticket/{t}/{door}", {"Content": m["text"], "ContentType": "text/plain"})
    rest("PUT", f"/ticket/{t}", {"Priority": {"critical": 100, "high": 80, "normal": 50, "low": 10}[c["priority"]]})
    print(c["key"], f"/Ticket/Display.html?id={t}", c["subject"])
