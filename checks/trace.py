#!/usr/bin/env python3
"""What SIPp's message files say. Each verb prints the evidence against and exits 1, or prints nothing and exits 0."""
import datetime
import json
import re
import sys
from collections import defaultdict

HEAD = re.compile(r"^-{10,} (\d{4}-\d\d-\d\d)\s+(\d\d:\d\d:\d\d\.\d+)\s*$\n\S+ message (sent|received)[^\n]*\n\n?", re.M)


class Message:
    def __init__(self, when, sent, text):
        self.when, self.sent, self.text = when, sent, text
        self.first = text.split("\n", 1)[0].strip()
        self.status = int(self.first.split()[1]) if self.first.startswith("SIP/2.0 ") else None
        self.method = self.cseq.split()[1] if self.cseq else ""

    def header(self, name):
        found = re.search(rf"^{name}\s*:\s*(.*?)\s*$", self.text, re.M | re.I)
        return found.group(1) if found else ""

    @property
    def cseq(self):
        return self.header("CSeq")

    @property
    def call(self):
        return self.header("Call-ID")

    @property
    def branch(self):
        found = re.search(r"branch=([^;,\s]+)", self.header("Via"))
        return found.group(1) if found else ""

    @property
    def request(self):
        return self.status is None and bool(self.method)

    def user(self, name):
        found = re.search(r"sip:([^@;>]+)@", self.header(name))
        return found.group(1) if found else ""


def read(path):
    text = open(path, encoding="latin-1").read().replace("\r", "")
    heads = list(HEAD.finditer(text))
    for i, head in enumerate(heads):
        end = heads[i + 1].start() if i + 1 < len(heads) else len(text)
        when = datetime.datetime.fromisoformat(f"{head.group(1)} {head.group(2)[:15]}")
        body = text[head.end():end].lstrip("\n")
        if body.strip():
            yield Message(when, head.group(3) == "sent", body)


def one_invite(path, calls):
    """The callee saw one branch and one CSeq for each INVITE."""
    seen = defaultdict(set)
    for m in read(path):
        if m.request and not m.sent and m.method == "INVITE":
            seen[m.call].add((m.branch, m.cseq))
    bad = [f"{call}: {sorted(pairs)}" for call, pairs in seen.items() if len(pairs) != 1]
    if len(seen) != calls:
        bad.append(f"INVITEs of {len(seen)} calls seen, expected {calls}")
    return bad


def no_status(paths, statuses):
    bad = []
    for path in paths:
        bad += [f"{m.when} {m.first} ({m.cseq}, {m.call})" for m in read(path) if m.status in statuses]
    return bad


def rising(paths):
    """CSeq of requests received in a dialog rises; a repeated one is the same transaction again."""
    bad = []
    requests = 0
    for path in paths:
        last, branches = {}, {}
        for m in read(path):
            if not m.request or m.sent or m.method in ("ACK", "CANCEL"):
                continue
            requests += 1
            number = int(m.cseq.split()[0])
            if branches.get(m.call) == m.branch and last.get(m.call) == number:
                continue
            if number <= last.get(m.call, -1):
                bad.append(f"{m.when} {m.first}: CSeq {number} after {last[m.call]} ({m.call})")
            last[m.call], branches[m.call] = number, m.branch
    return bad if requests else ["no request received at all"]


def provisional(path, until):
    """Responses to the INVITE with credentials that came before that time."""
    limit = datetime.datetime.fromisoformat(until)
    return [f"{m.when} {m.first}" for m in read(path)
            if m.status and not m.sent and m.method == "INVITE" and m.status != 407 and m.when < limit]


def records(path, reports):
    """Call detail records against what the callers' SIPp sent and received."""
    bad = []
    told = json.load(open(path))
    expected = {}
    for report in reports:
        calls = {}
        for m in read(report):
            call = calls.setdefault(m.call, {"caller": m.user("From")})
            if m.status == 200 and m.method == "INVITE" and "answer" not in call:
                call["answer"] = m.when
            if m.request and m.method == "BYE" and "end" not in call:
                call["end"], call["by"] = m.when, "caller" if m.sent else "callee"
                if not m.sent:
                    call["caller"] = m.user("To")
        for call in calls.values():
            expected[call["caller"]] = call
    if len(told) != len(expected):
        bad.append(f"{len(told)} records of {len(expected)} calls")
    for caller, call in sorted(expected.items()):
        mine = [record for record in told if record["caller"] == caller]
        if len(mine) != 1:
            bad.append(f"{len(mine)} records of the call of {caller}")
            continue
        record = mine[0]
        if "answer" not in call or "end" not in call:
            bad.append(f"{caller}'s call was not answered or not ended")
            continue
        seconds = (call["end"] - call["answer"]).total_seconds()
        if abs(record["durationMs"] / 1000 - seconds) > 1:
            bad.append(f"{caller}: record {record['durationMs']} ms, caller's own {seconds * 1000:.0f} ms")
        if record["endedBy"] != call["by"]:
            bad.append(f"{caller}: record says ended by {record['endedBy']}, it was the {call['by']}")
        if record["sipCause"] != 200:
            bad.append(f"{caller}: record says SIP cause {record['sipCause']}")
    return bad


def main(verb, *args):
    bad = {
        "one-invite": lambda path, calls: one_invite(path, int(calls)),
        "no-status": lambda statuses, *paths: no_status(paths, {int(s) for s in statuses.split(",")}),
        "rising": lambda *paths: rising(paths),
        "provisional": provisional,
        "records": lambda path, *reports: records(path, reports),
    }[verb](*args)
    print("\n".join(bad[:20]), end="\n" if bad else "")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
