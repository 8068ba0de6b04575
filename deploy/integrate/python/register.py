"""Registers a request, hears its own outcome, and shows the events that the command led to.

    python register.py BROKERS binary|structured [REFERENCE]

TOPIC_PREFIX is the engine's --topic-prefix, where it has one.
"""

import json
import os
import sys
import time
import uuid

from confluent_kafka import Consumer, Producer, TopicPartition

brokers, mode, reference = sys.argv[1], sys.argv[2], (sys.argv[3:] or [None])[0]
commands, outcomes, events = (
    os.environ.get("TOPIC_PREFIX", "") + "casetrail." + name for name in ("commands", "outcomes", "events")
)

# With a reference, the same request is the same case, whoever sends it. Without one, a new id is a new case.
CASETRAIL = uuid.uuid5(uuid.NAMESPACE_OID, "casetrail")
case_id = str(uuid.uuid5(CASETRAIL, f"email:{reference}") if reference else uuid.uuid4())

data = {"kind": "inquiry", "channel": "email", "pii": {"name": "王小明", "contacts": ["w@example.com"]}}
if reference:
    data["external_ref"] = reference
attributes = {
    "specversion": "1.0",
    "id": str(uuid.uuid4()),  # sent again with the same id and source, it is the same command
    "source": "/example/python",
    "type": "casetrail.request.register",
    "actor": "system:shop",
}
if mode == "binary":
    headers = {f"ce_{name}": value for name, value in attributes.items()} | {"content-type": "application/json"}
    value = json.dumps(data)
else:
    headers = {"content-type": "application/cloudevents+json; charset=UTF-8"}
    value = json.dumps(attributes | {"datacontenttype": "application/json", "data": data})

# From where they end now, so that no answer is missed: only then is the command sent.
consumer = Consumer(
    {"bootstrap.servers": brokers, "group.id": "unused", "isolation.level": "read_committed", "enable.auto.commit": False}
)
ends = []
for topic in (outcomes, events):
    for partition in consumer.list_topics(topic, timeout=30).topics[topic].partitions:
        place = TopicPartition(topic, partition)
        ends.append(TopicPartition(topic, partition, consumer.get_watermark_offsets(place, timeout=30)[1]))
consumer.assign(ends)

# librdkafka's default partitioner would send a case to another partition than everybody else.
producer = Producer({"bootstrap.servers": brokers, "partitioner": "murmur2_random", "enable.idempotence": True})
sent = []
producer.produce(
    commands, key=case_id, value=value, headers=headers, on_delivery=lambda error, message: sent.append((error, message))
)
producer.flush(30)
error, command = sent[0]
if error:
    sys.exit(f"not sent: {error}")
print(f"case {case_id}, command at {command.partition()}:{command.offset()}")

# Its outcome and its events are committed together; they come topic by topic.
waited_for, until = {outcomes, events}, time.monotonic() + 60
while waited_for:
    message = consumer.poll(1)
    if time.monotonic() > until:
        sys.exit("no answer within a minute: send it again with the same id")
    if message is None or message.error():
        continue
    header = {name: text.decode() for name, text in message.headers()}
    # Of this very record: the same id may be on its way more than once.
    if message.partition() != command.partition() or header.get("ce_commandoffset") != str(command.offset()):
        continue
    if message.topic() == events:
        print(f"event {int(header['ce_sequence'])} {header['ce_type']}, the case is {header['ce_casestatus']}")
        if header.get("ce_commandends") == "true":
            waited_for.discard(events)
        continue
    outcome = json.loads(message.value())
    if outcome["status"] == "rejected":
        sys.exit(f"refused: {outcome['code']}: {outcome['message']}")
    print(f"accepted, events {outcome['first_seq']} to {outcome['last_seq']}")
    waited_for.discard(outcomes)
    if outcome["first_seq"] == 0:  # there was nothing to do
        waited_for.discard(events)
