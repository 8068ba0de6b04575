// Registers a request, hears its own outcome, and shows the events that the command led to.
//
//     java -cp 'kafka-clients.jar:…' Register.java BROKERS binary|structured [REFERENCE]
//
// Beside kafka-clients there are slf4j-api and the codec that the engine compresses with: lz4-java unless it was told
// another; zstd-jni, snappy-java. deploy/kafka.d/jars.sha256 pins them all.
// TOPIC_PREFIX is the engine's --topic-prefix, where it has one.
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.*;

public class Register {
  static UUID uuid5(UUID space, String name) throws Exception {
    var sha1 = MessageDigest.getInstance("SHA-1");
    sha1.update(ByteBuffer.allocate(16).putLong(space.getMostSignificantBits()).putLong(space.getLeastSignificantBits()).array());
    var hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
    return new UUID(hash.getLong() & ~0xf000L | 0x5000L, hash.getLong() & ~(3L << 62) | 1L << 63);
  }

  static String header(ConsumerRecord<String, String> record, String name) {
    var found = record.headers().lastHeader(name);
    return found == null ? "" : new String(found.value(), StandardCharsets.UTF_8);
  }

  static String topic(String name) {
    return System.getenv().getOrDefault("TOPIC_PREFIX", "") + "casetrail." + name;
  }

  public static void main(String[] args) throws Exception {
    String brokers = args[0], reference = args.length > 2 ? args[2] : null;
    // With a reference, the same request is the same case, whoever sends it. Without one, a new id is a new case.
    var casetrail = uuid5(UUID.fromString("6ba7b812-9dad-11d1-80b4-00c04fd430c8"), "casetrail");
    var caseId = (reference == null ? UUID.randomUUID() : uuid5(casetrail, "email:" + reference)).toString();

    var data = "{\"kind\":\"inquiry\",\"channel\":\"email\","
        + (reference == null ? "" : "\"external_ref\":\"" + reference + "\",")
        + "\"pii\":{\"name\":\"王小明\",\"contacts\":[\"w@example.com\"]}}";
    var attributes = Map.of("specversion", "1.0",
        "id", UUID.randomUUID().toString(), // sent again with the same id and source, it is the same command
        "source", "/example/java", "type", "casetrail.request.register", "actor", "system:shop");
    ProducerRecord<String, String> command;
    if (args[1].equals("binary")) {
      command = new ProducerRecord<>(topic("commands"), caseId, data);
      attributes.forEach((name, value) -> command.headers().add("ce_" + name, value.getBytes(StandardCharsets.UTF_8)));
      command.headers().add("content-type", "application/json".getBytes());
    } else {
      var event = new StringJoiner(",", "{", ",\"datacontenttype\":\"application/json\",\"data\":" + data + "}");
      attributes.forEach((name, value) -> event.add("\"" + name + "\":\"" + value + "\""));
      command = new ProducerRecord<>(topic("commands"), caseId, event.toString());
      command.headers().add("content-type", "application/cloudevents+json; charset=UTF-8".getBytes());
    }

    // From where they end now, so that no answer is missed: only then is the command sent.
    var consumer = new KafkaConsumer<>(Map.<String, Object>of("bootstrap.servers", brokers,
        "isolation.level", "read_committed", "enable.auto.commit", false), new StringDeserializer(), new StringDeserializer());
    var places = new ArrayList<TopicPartition>();
    for (var topic : List.of(topic("outcomes"), topic("events")))
      consumer.partitionsFor(topic).forEach(of -> places.add(new TopicPartition(topic, of.partition())));
    consumer.assign(places);
    consumer.endOffsets(places).forEach(consumer::seek);

    // Its default partitioner is the one that casetrail expects.
    RecordMetadata sent;
    try (var producer = new KafkaProducer<>(Map.<String, Object>of("bootstrap.servers", brokers), new StringSerializer(), new StringSerializer())) {
      sent = producer.send(command).get();
    }
    System.out.printf("case %s, command at %d:%d%n", caseId, sent.partition(), sent.offset());

    // Its outcome and its events are committed together; they come topic by topic.
    boolean heard = false, shown = false;
    for (var until = Instant.now().plusSeconds(60); !heard || !shown;) {
      if (Instant.now().isAfter(until)) throw new IllegalStateException("no answer within a minute: send it again with the same id");
      for (var record : consumer.poll(Duration.ofSeconds(1))) {
        // Of this very record: the same id may be on its way more than once.
        if (record.partition() != sent.partition() || !header(record, "ce_commandoffset").equals("" + sent.offset())) continue;
        if (record.topic().equals(topic("events"))) {
          System.out.printf("event %d %s, the case is %s%n", Long.parseLong(header(record, "ce_sequence")), header(record, "ce_type"), header(record, "ce_casestatus"));
          shown |= header(record, "ce_commandends").equals("true");
        } else { // a program of more than a page reads the JSON with a library
          heard = true;
          System.out.println(header(record, "ce_type") + " " + record.value());
          if (header(record, "ce_type").equals("casetrail.command.rejected")) System.exit(1);
          shown |= record.value().contains("\"first_seq\":0,"); // there was nothing to do
        }
      }
    }
  }
}
