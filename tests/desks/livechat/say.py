"""Customers (and the agent's past answers) speak over XMPP.

say.py seed SEED C2S           writes the whole seed
say.py one C2S USER TEXT       one message of one customer
say.py talk C2S USER           one JSON string per line on stdin, one line with the time on stdout for each that was sent
"""
import asyncio
import json
import sys
import time

import slixmpp


class Client(slixmpp.ClientXMPP):
    def __init__(self, user: str, port: int):
        super().__init__(f"{user}@desk.test/cli", "agent-pw")
        self.up = asyncio.Event()
        self.add_event_handler("session_start", self.started)
        self.register_plugin("xep_0199")
        self.plugin["feature_mechanisms"].unencrypted_plain = True
        self.connect_args = ("127.0.0.1", port)
        self.enable_plaintext = True
        self.enable_starttls = self.enable_direct_tls = False

    async def started(self, _event) -> None:
        self.send_presence()
        self.up.set()


async def connected(user: str, port: int) -> Client:
    client = Client(user, port)
    client.connect(host="127.0.0.1", port=port)
    await asyncio.wait_for(client.up.wait(), 20)
    return client


async def archived(client: Client) -> None:
    """The server handles a stream in order: an answered ping says that all before it was stored."""
    await client.plugin["xep_0199"].send_ping("desk.test", timeout=20)


async def seed(path: str, port: int) -> None:
    agent = await connected("agent", port)
    with open(path, encoding="utf-8") as file:
        conversations = json.load(file)
    for conversation in conversations:
        user = conversation["requester"]["email"].split("@")[0]
        customer = await connected(user, port)
        for message in conversation["messages"]:
            if message["role"] not in ("customer", "agent"):
                continue
            if message["role"] == "customer":
                customer.send_message(mto="agent@desk.test", mbody=message["text"], mtype="chat")
                await archived(customer)
            elif message["role"] == "agent":
                agent.send_message(mto=f"{user}@desk.test", mbody=message["text"], mtype="chat")
                await archived(agent)
            # The page sorts by whole seconds.
            await asyncio.sleep(1.05)
        print(conversation["key"], user, len(conversation["messages"]), flush=True)
        await customer.disconnect()
    await agent.disconnect()


async def one(port: int, user: str, text: str) -> None:
    client = await connected(user, port)
    client.send_message(mto="agent@desk.test", mbody=text, mtype="chat")
    print(time.time())
    await archived(client)
    await client.disconnect()


async def talk(port: int, user: str) -> None:
    client = await connected(user, port)
    print("ready", flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        client.send_message(mto="agent@desk.test", mbody=json.loads(line), mtype="chat")
        print(time.time(), flush=True)
    await client.disconnect()


match sys.argv[1:]:
    case ["seed", path, port]:
        asyncio.run(seed(path, int(port)))
    case ["one", port, user, text]:
        asyncio.run(one(int(port), user, text))
    case ["talk", port, user]:
        asyncio.run(talk(int(port), user))
    case _:
        sys.exit(__doc__)
