// Registers a request, hears its own outcome, and shows the events that the command led to.
//
//     node register.js BROKERS binary|structured [REFERENCE]
//
// TOPIC_PREFIX is the engine's --topic-prefix, where it has one.
import kafkajs from 'kafkajs';
import lz4 from 'lz4js';
import { v4, v5 } from 'uuid';

const { CompressionCodecs, CompressionTypes, Kafka, Partitioners, logLevel } = kafkajs;
// kafkajs reads no LZ4 by itself, and the engine writes it unless --compression says otherwise.
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: async (encoder) => Buffer.from(lz4.compress(encoder.buffer)),
  decompress: async (buffer) => Buffer.from(lz4.decompress(buffer)),
});

const [brokers, mode, reference] = process.argv.slice(2);
const topic = (name) => `${process.env.TOPIC_PREFIX ?? ''}casetrail.${name}`;

// With a reference, the same request is the same case, whoever sends it. Without one, a new id is a new case.
const CASETRAIL = v5('casetrail', '6ba7b812-9dad-11d1-80b4-00c04fd430c8'); // OID
const caseId = reference ? v5(`email:${reference}`, CASETRAIL) : v4();

const data = { kind: 'inquiry', channel: 'email', pii: { name: '王小明', contacts: ['w@example.com'] } };
if (reference) data.external_ref = reference;
const attributes = {
  specversion: '1.0',
  id: v4(), // sent again with the same id and source, it is the same command
  source: '/example/javascript',
  type: 'casetrail.request.register',
  actor: 'system:shop',
};
const prefixed = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce_${name}`, value]));
const message = mode === 'binary'
  ? { headers: { ...prefixed, 'content-type': 'application/json' }, value: JSON.stringify(data) }
  : { headers: { 'content-type': 'application/cloudevents+json; charset=UTF-8' },
      value: JSON.stringify({ ...attributes, datacontenttype: 'application/json', data }) };

// A group of its own begins where the topics end now, so that no answer is missed: only then is the command sent.
const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.ERROR });
const groupId = `example-${v4()}`;
const topics = [topic('outcomes'), topic('events')];
const admin = kafka.admin();
await admin.connect();
for (const name of topics)
  await admin.setOffsets({ groupId, topic: name, partitions: await admin.fetchTopicOffsets(name) });
const consumer = kafka.consumer({ groupId, readUncommitted: false });
const seen = [];
let look = () => {};
await consumer.connect();
await consumer.subscribe({ topics });
await consumer.run({ eachMessage: async (record) => { seen.push(record); look(); } });

// The default since kafkajs 2: murmur2, as the Java client has it. LegacyPartitioner would tear cases apart.
const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, idempotent: true });
await producer.connect();
const [sent] = await producer.send({ topic: topic('commands'), messages: [{ key: caseId, ...message }] });
console.log(`case ${caseId}, command at ${sent.partition}:${sent.baseOffset}`);

// Its outcome and its events are committed together; they come topic by topic.
const waitedFor = new Set(topics);
let refused = false;
function take({ topic: name, partition, message: record }) {
  const header = (key) => record.headers[key]?.toString();
  // Of this very record: the same id may be on its way more than once.
  if (partition !== sent.partition || header('ce_commandoffset') !== sent.baseOffset) return;
  if (name === topic('events')) {
    console.log(`event ${Number(header('ce_sequence'))} ${header('ce_type')}, the case is ${header('ce_casestatus')}`);
    if (header('ce_commandends') === 'true') waitedFor.delete(name);
    return;
  }
  const outcome = JSON.parse(record.value);
  refused = outcome.status === 'rejected';
  console.log(refused ? `refused: ${outcome.code}: ${outcome.message}`
                      : `accepted, events ${outcome.first_seq} to ${outcome.last_seq}`);
  waitedFor.delete(name);
  if (outcome.first_seq === 0) waitedFor.clear(); // there was nothing to do
}
await new Promise((done) => {
  look = () => { seen.splice(0).forEach(take); if (waitedFor.size === 0) done(); };
  look();
  setTimeout(() => { console.log('no answer within a minute: send it again with the same id'); process.exit(1); }, 60_000).unref();
});
await Promise.all([consumer.disconnect(), producer.disconnect()]);
await admin.deleteGroups([groupId]);
await admin.disconnect();
process.exitCode = refused ? 1 : 0;
