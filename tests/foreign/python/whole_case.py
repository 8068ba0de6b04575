"""Plays a whole case through the client that openapi-python-client makes of the published document, and holds each live answer
against the document.

    python whole_case.py URL openapi.json
"""

import json
import os
import sys

import jsonschema
from casetrail_client import Client
from casetrail_client.api.cases import get_board_handoff, get_case, get_history, send_command
from casetrail_client.api.operation import get_dead_letters, get_health, get_lag, get_readiness, get_topics
from casetrail_client.models import GetBoardHandoffState, Outcome, PlainCommand, PlainCommandData, Refusal

url, document = sys.argv[1], json.load(open(sys.argv[2]))
client = Client(base_url=url, raise_on_unexpected_status=True)
case = f"email:py-{os.getpid()}"


def in_draft_7(schema):
    """OpenAPI 3.0 says `nullable` where JSON Schema names the type null."""
    if isinstance(schema, list):
        return [in_draft_7(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: in_draft_7(part) for name, part in schema.items()}
    if made.get("nullable") is True and "type" in made:
        made["type"] = [made["type"], "null"]
    return made


schemas = in_draft_7({"components": document["components"]})


def check(response, path, method="get"):
    """The answer is one that the document has, of the schema that it names."""
    known = document["paths"][path][method]["responses"]
    content = known[str(int(response.status_code))]["content"]
    schema = content[response.headers["Content-Type"].split(";")[0]]["schema"]
    jsonschema.Draft7Validator(in_draft_7(schema) | schemas, format_checker=jsonschema.FormatChecker()).validate(json.loads(response.content))
    return response.parsed


def send(type_, actor, **data):
    command = PlainCommand(type_=type_, actor=actor, data=PlainCommandData.from_dict(data))
    if type_ != "request.register":
        command.case_id = case
    return check(send_command.sync_detailed(client=client, body=command), "/v1/commands", "post")


pii = {"name": "Ann", "contacts": []}
first = send("request.register", "system:shop", kind="service_request", channel="email", external_ref=case[6:], pii=pii)
assert isinstance(first, Outcome) and first.first_seq == 1, first
assert isinstance(send("case.close", "agent:li"), Refusal)
send("request.classify", "agent:li", category="fault/power")
send("request.prioritize", "agent:li", impact="low", urgency="high")
send("assignment.make", "agent:li", agent_id="li", department_id="cs", requirements="find it", cautions="calm", basis="lead")
send("assignment.accept", "agent:li")
send("work.start", "agent:li")
note = {"customer": "Ann", "contact_channel": "email", "because": "no power", "wants": "a repair", "please_do": "test", "how": "bench"}
last = send("handoff.request", "agent:li", kind="department", to={"department_id": "tech"}, reason_code="skill_needed", pii=note)

board = get_board_handoff.sync_detailed(
    client=client, to_department="tech", state=GetBoardHandoffState.PENDING, overdue=False, token=last.token
)
rows = check(board, "/v1/boards/handoff").rows
assert [row.to_dict()["handoff"] for row in rows if row.to_dict()["reference"] == case] == ["h1"], rows
send("handoff.accept", "agent:zhao", handoff_id="h1")
send("handoff.complete", "agent:zhao", handoff_id="h1", result="done")
last = send("case.resolve", "agent:zhao", resolution_code="repaired")

shown = check(get_case.sync_detailed(case, client=client, token=last.token), "/v1/cases/{id}")
assert shown.status.value == "resolved", shown
history = check(get_history.sync_detailed(case, client=client), "/v1/cases/{id}/history")
assert len(history.rows) == shown.seq
check(get_case.sync_detailed("email:nobody", client=client), "/v1/cases/{id}")
for of, path in ((get_lag, "/v1/lag"), (get_topics, "/v1/topics"), (get_dead_letters, "/v1/deadletters"),
                 (get_health, "/healthz"), (get_readiness, "/readyz")):
    check(of.sync_detailed(client=client), path)
print(f"played {shown.seq} events of {case}")
