"""Accounts and mutual rosters in prosody's own internal storage. usage: accounts.py SEED DATA_DIR"""
import json
import os
import sys


def escape(name: str) -> str:
    return "".join(c if c.isalnum() else "%%%02x" % ord(c) for c in name)


def lua(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main(seed_path: str, data: str) -> None:
    host = os.path.join(data, "desk%2etest")
    with open(seed_path, encoding="utf-8") as file:
        customers = [(c["requester"]["email"].split("@")[0], c["requester"]["name"]) for c in json.load(file)]

    def write(store: str, user: str, text: str) -> None:
        os.makedirs(os.path.join(host, store), exist_ok=True)
        with open(os.path.join(host, store, escape(user) + ".dat"), "w", encoding="utf-8") as file:
            file.write(text)

    for user, _ in [("agent", "Anna Agent"), *customers]:
        write("accounts", user, 'return { ["password"] = "agent-pw" };\n')
        contacts = customers if user == "agent" else [("agent", "Anna Agent")]
        entries = "".join(
            f'[{lua(contact + "@desk.test")}] = {{ ["subscription"] = "both"; ["groups"] = {{}}; ["name"] = {lua(name)} }};\n'
            for contact, name in contacts)
        write("roster", user, 'return {\n[false] = { ["version"] = 1 };\n' + entries + "};\n")


main(*sys.argv[1:])
